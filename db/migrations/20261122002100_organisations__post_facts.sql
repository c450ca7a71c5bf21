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

-- The posts an officer may work in on a day: their own, and those they act for. Their primary post comes first.
create function organisations.posts_of(p_officer uuid, p_on date)
returns table (post_id uuid, post_name text, unit_id uuid, unit_name text, is_primary boolean) language sql stable as $$
  select p.id, p.title_vi, p.unit_id, v.name_vi, bool_or(h.is_primary)
  from (
    select a.post_id, a.is_primary from organisations.appointment a
    where a.officer_id = p_officer and a.valid_from <= p_on and (a.valid_to is null or a.valid_to >= p_on)
    union all
    select s.post_id, false from organisations.substitution s
    where s.to_officer_id = p_officer and s.valid_from <= p_on and s.valid_to >= p_on and (s.revoked_on is null or s.revoked_on > p_on)
  ) h
  join organisations.officer o on o.id = p_officer and (o.left_on is null or o.left_on >= p_on)
  join organisations.post p on p.id = h.post_id and p.valid_from <= p_on and (p.valid_to is null or p.valid_to >= p_on)
  left join organisations.unit_version v on v.unit_id = p.unit_id and v.valid_from <= p_on and (v.valid_to is null or v.valid_to >= p_on)
  group by p.id, p.title_vi, p.unit_id, v.name_vi, p.sort_order
  order by bool_or(h.is_primary) desc, p.sort_order, p.title_vi, p.id
$$;
