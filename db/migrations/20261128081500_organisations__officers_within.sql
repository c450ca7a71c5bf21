-- Officers all of whose posts lie within some units: those of today and later, or where there are none the last one held. What lists of people
-- ask for a right over units; the same rule as isOverOfficer in foundation/organisations.
create function organisations.officers_within(p_units uuid[], p_on date) returns uuid[] language sql stable as $$
  select coalesce(array_agg(c.officer_id), '{}')
  from (
    select distinct a.officer_id from organisations.post p join organisations.appointment a on a.post_id = p.id where p.unit_id = any (p_units)
  ) c
  where case
    when exists (select from organisations.appointment a where a.officer_id = c.officer_id and (a.valid_to is null or a.valid_to >= p_on))
    then not exists (
      select from organisations.appointment a join organisations.post p on p.id = a.post_id
      where a.officer_id = c.officer_id and (a.valid_to is null or a.valid_to >= p_on) and p.unit_id <> all (p_units))
    else (
      select p.unit_id = any (p_units) from organisations.appointment a join organisations.post p on p.id = a.post_id
      where a.officer_id = c.officer_id order by a.valid_from desc, a.id limit 1)
  end
$$;
