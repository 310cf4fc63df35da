-- What waits for a time.

-- Makes timers of entries of the delays, given as (id, fields or nil); how many. Whoever asks may: an entry is held once,
-- since its marker then names it no more.
local function hold(c, delays, entries)
  local times, jobs, ids = {}, {}, {}
  for i, e in ipairs(entries) do
    local f = e[2] and admit_safely(c, delays, e[1], e[2], '0')
    ids[i] = e[1]
    if f then
      times[#times + 1], times[#times + 2] = f.due or int(c.now), f.job
      jobs[#jobs + 1], jobs[#jobs + 2] = f.job, cjson.encode(e[2])
      mark(c, f.job, f.epoch, f.run, 't', '')
    end
  end
  if #times > 0 then
    call('ZADD', c.timers, unpack(times))
    call('HSET', c.jobs, unpack(jobs))
  end
  remove(c, delays, ids)
  return #times / 2
end

--[[ mr_hold_1 makes timers of entries that some scheduler was given before.
KEYS epoch, events, delays, timers, timers:jobs
ARGV group, marker prefix, entry…
→ how many of them are timers now
After a crash behind it: the jobs are timers, which every scheduler releases; the same call again answers 0. ]]
register('mr_hold_1', function(K, A)
  local c = { events = K[2], timers = K[4], jobs = K[5], group = A[1], prefix = A[2], now = now_ms(), epoch = blessed }
  local broken, entries = no_timers(K[4], K[5]), {}
  if broken then return broken end
  for i = 3, #A do entries[i - 2] = { A[i], body(K[3], A[i]) } end
  return hold(c, K[3], entries)
end)

--[[ mr_hold_new_1 makes timers of up to n entries that no scheduler was given before.
KEYS epoch, events, delays, timers, timers:jobs
ARGV group, consumer, marker prefix, n
→ how many of them are timers now
After a crash behind it: the jobs are timers, which every scheduler releases; the same call again goes on with what
follows. ]]
register('mr_hold_new_1', function(K, A)
  local c = { events = K[2], timers = K[4], jobs = K[5], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local broken = no_timers(K[4], K[5])
  return broken or hold(c, K[3], read_new(c, K[3], A[4]))
end)

local function decoded(text)
  local ok, flat = pcall(cjson.decode, text)
  return ok and kind(flat) == 'table' and flat or nil
end

-- Brings the job of a timer to its lane, a suspect's to the suspect lane; false if it may not run.
local function release(c, job, text, queues)
  if not text then return false end
  local flat = decoded(text)
  local f = flat and read(c.timers, flat)
  if not f or f.job ~= job then
    quarantine(c, c.timers, '', { text }, { job = job }, '0', 'what its timer kept is not its fields')
    return false
  end
  f = validate(c, c.timers, '', flat, f, '0')
  if not f then return false end
  local label = tonumber(f.deaths) >= MAX_DEATHS and 'suspect' or f.band
  f.epoch = c.epoch
  add(c, queues .. f.queue .. ':' .. label, f, flat)
  event(c, job, 'QUEUED', c.epoch, f.run, '0', f.attempt)
  return true
end

--[[ mr_release_1 brings what is due to its lane, looking at no more than n timers, the longest due first.
KEYS epoch, events, timers, timers:jobs
ARGV marker prefix, prefix of queues' keys, n
→ ms now, ms at which the next timer is due or -1, then for each that went to its lane the ms by which it was late
After a crash behind it: the jobs lie on their lanes; the same call again goes on with what follows. ]]
register('mr_release_1', function(K, A)
  local c = { events = K[2], timers = K[3], jobs = K[4], prefix = A[1], now = now_ms(), epoch = blessed }
  local broken = no_timers(K[3], K[4])
  if broken then return broken end
  local due = call('ZRANGE', K[3], '-inf', int(c.now), 'BYSCORE', 'LIMIT', 0, A[3], 'WITHSCORES')
  local replies = { c.now, -1 }
  local jobs = {}
  for i = 1, #due, 2 do jobs[#jobs + 1] = due[i] end
  if #jobs > 0 then
    local texts = call('HMGET', K[4], unpack(jobs))
    call('ZREM', K[3], unpack(jobs))
    call('HDEL', K[4], unpack(jobs))
    for i = 1, #jobs do
      local ok, gone = pcall(release, c, jobs[i], texts[i], A[2])
      if ok and gone then replies[#replies + 1] = c.now - tonumber(due[2 * i]) end
    end
  end
  local head = call('ZRANGE', K[3], 0, 0, 'WITHSCORES')
  if head[2] then replies[2] = tonumber(head[2]) end
  return replies
end)
