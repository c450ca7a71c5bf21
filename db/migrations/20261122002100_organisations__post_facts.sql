-- What a session shows of the post in use, in one row: read together with grants_of at every request of an official.
create function organisations.post_facts(p_officer uuid, p_post uuid, p_on date)
returns table (officer_name text, unit_id uuid, unit_name text, post_name text) language sql stable as $$
  select o.full_name, p.unit_id, v.name_vi, p.title_vi
  from organisations.officer o
  left join organisations.post p on p.id = p_post
  left join organisations.unit_version v
    on v.unit_id = p.unit_id and v.valid_from <= p_on and (v.valid_to is null or v.valid_to >= p_on)
  where o.id = p_officer
$$;
