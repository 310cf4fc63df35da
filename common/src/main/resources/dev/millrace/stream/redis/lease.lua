-- Workers live, die, and others take over.

--[[ mr_renew_1 keeps a worker and its entries for another lease.
KEYS epoch, the worker's key, lane…
ARGV group, consumer, marker prefix, lease ms, (lane's number, entry, delivery, job)…
→ two lists of numbers: no longer held, flagged for cancel
After a crash behind it: the worker counts as alive for one lease from now; then others reclaim what it holds. ]]
register('mr_renew_1', function(K, A)
  local c = { group = A[1], consumer = A[2], prefix = A[3] }
  local lost, flagged, mine = {}, {}, {}
  -- What the key says of the worker's connection stays.
  if call('PEXPIRE', K[2], A[4]) == 0 then call('SET', K[2], '1', 'PX', A[4]) end
  for l = 3, #K do mine[l] = {} end
  for i = 1, (#A - 4) / 4 do
    local o = 4 * i + 1
    local l, id = 2 + tonumber(A[o]), A[o + 1]
    if holds(c, K[l], id, A[o + 2]) then
      mine[l][#mine[l] + 1] = id
      local raw = read_marker(c.prefix .. A[o + 3])
      if raw and find(match(raw, '([^|]*)$'), 'C', 1, true) then flagged[#flagged + 1] = i end
    else
      lost[#lost + 1] = i
    end
  end
  for l = 3, #K do
    if #mine[l] > 0 then
      local claim = { 'XCLAIM', K[l], c.group, c.consumer, '0', unpack(mine[l]) }
      claim[#claim + 1] = 'JUSTID'
      call(unpack(claim))
    end
  end
  return { lost, flagged }
end)

-- One abandoned entry of a band: to the suspect lane if its workers keep dying, else into the caller's hands.
local function reclaim_entry(c, lane, id, deliveries, suspect)
  local flat = body(lane, id)
  if not flat then
    remove(c, lane, { id })
    return nil
  end
  local f = admit(c, lane, id, flat, deliveries)
  if not f then return nil end
  local deaths = tonumber(f.deaths) + deliveries
  if deaths >= MAX_DEATHS then
    move(c, lane, id, flat, f, deaths, suspect)
    return nil
  end
  if sent_back(c, lane, id, flat, f, deaths, lane) then return nil end
  call('XCLAIM', lane, c.group, c.consumer, '0', id)
  return flat
end

-- One abandoned suspect: it ran alone, so if its worker died, it did it.
local function settle_suspect(c, lane, id, deliveries, owner, died)
  local flat = body(lane, id)
  if not flat then return remove(c, lane, { id }) end
  local f = admit(c, lane, id, flat, deliveries)
  if not f then return end
  local deaths = tonumber(f.deaths) + deliveries
  if died then
    finish_job(c, f.job, 'FAILED', f.epoch, f.run, deliveries, f.attempt, 'errorType', 'Quarantined', 'errorMessage',
      'It outlived ' .. int(deaths) .. ' workers, the last one, ' .. owner .. ', while it ran there alone.')
    remove(c, lane, { id })
  else
    move(c, lane, id, flat, f, tonumber(f.deaths), lane)
  end
end

-- what mr_reclaim_2 answers, with the fields of bands' entries as they are to be told
local function reclaim(K, A, told)
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local n, lease, taken, alive = tonumber(A[4]), tonumber(A[5]), {}, {}
  if call('EXISTS', K[3]) == 1 then return taken end
  local function gone(owner)
    if alive[owner] == nil then alive[owner] = call('EXISTS', A[6] .. owner) == 1 end
    return not alive[owner]
  end
  for l = 4, #K do
    local idle = pcall_('XPENDING', K[l], c.group, 'IDLE', A[5], '-', '+', n + 100)
    for _, p in ipairs(idle.err and {} or idle) do
      if #taken >= n then return taken end
      local id, owner, deliveries = p[1], p[2], p[4]
      local died = gone(owner)
      if owner ~= c.consumer and (died or p[3] >= 2 * lease) then
        if l == 4 then
          pcall(settle_suspect, c, K[l], id, deliveries, owner, died)
        else
          local ok, flat = pcall(reclaim_entry, c, K[l], id, deliveries, K[4])
          if ok and flat then taken[#taken + 1] = { l - 4, id, told and told(K[l], flat) or flat, deliveries + 1 } end
        end
      end
    end
  end
  return taken
end

--[[ mr_reclaim_2 gives a worker entries whose owner is gone, or has been silent for two leases; none while the queue is
paused. What has killed too many workers goes to the suspect lane; what killed one there, alone, ends FAILED.
KEYS epoch, events, paused, suspect lane, band…
ARGV group, consumer, marker prefix, n, lease ms, prefix of workers' keys
→ up to n times (band's number, entry, fields, delivery), which still have to be started
After a crash behind it: the entries are pending for this consumer with one delivery more, as after mr_take_2. ]]
register('mr_reclaim_2', function(K, A) return reclaim(K, A) end)

--[[ mr_reclaim_1 is mr_reclaim_2 for workers of the release before: the fields are those of a named entry.
KEYS epoch, events, paused, suspect lane, band…
ARGV group, consumer, marker prefix, n, lease ms, prefix of workers' keys
→ up to n times (band's number, entry, fields, delivery), which still have to be started
After a crash behind it: as behind mr_reclaim_2. ]]
register('mr_reclaim_1', function(K, A) return reclaim(K, A, as_named) end)

--[[ mr_lone_1 takes or renews the suspect lock of a queue.
KEYS epoch, lone
ARGV consumer, lease ms
→ 1 if the consumer holds the lock now, else 0
After a crash behind it: the lock is free one lease later. ]]
register('mr_lone_1', function(K, A)
  local holder = pcall_('GET', K[2])
  if holder and holder ~= A[1] then return 0 end
  call('SET', K[2], A[1], 'PX', A[2])
  return 1
end)

local function let_go(lone, consumer)
  if pcall_('GET', lone) == consumer then call('DEL', lone) end
end

--[[ mr_unlone_1 lets go of the suspect lock, if the consumer holds it.
KEYS epoch, lone
ARGV consumer
→ OK
After a crash behind it: the lock is free. ]]
register('mr_unlone_1', function(K, A)
  let_go(K[2], A[1])
  return redis.status_reply('OK')
end)

--[[ mr_forget_1 removes a consumer for whom nothing is pending.
KEYS epoch, lane
ARGV group, consumer
→ BUSY while something is pending for the consumer, else DONE
After a crash behind it: the consumer is gone, or is there as before; the same call again says which. ]]
register('mr_forget_1', function(K, A)
  local consumers = pcall_('XINFO', 'CONSUMERS', K[2], A[1])
  for _, found in ipairs(consumers.err and {} or consumers) do
    local info = parse(found)
    if info.name == A[2] then
      if info.pending > 0 then return 'BUSY' end
      call('XGROUP', 'DELCONSUMER', K[2], A[1], A[2])
    end
  end
  return 'DONE'
end)
