-- Jobs are cancelled, and queues are paused.

-- The fields of a job that no worker was given, taken from where it was; nil if it is not there.
local function taken_back(c, job, m, lane)
  local text, flat
  if m.place == 't' then
    text = pcall_('HGET', c.jobs, job)
    drop_timer(c, job)
    return kind(text) == 'string' and (decoded(text) or {})
  end
  local reader = m.place == 'd' and c.scheduler or c
  flat = body(lane, m.entry)
  remove(reader, lane, { m.entry })
  return flat
end

-- what a worker has is flagged, unless it is to be let alone
local function cancel(c, job, run, reason, lanes, let_held)
  local raw = read_marker(c.prefix .. job)
  local m = raw and parse_marker(raw)
  if m and m.place == 'E' and tonumber(m.run) >= run then return 'ENDED' end
  local lane = m and lanes[m.place]
  if lane and m.place ~= 'd' and pending(c, lane, m.entry) then
    if let_held or reason == 'EXPIRED' then return 'HELD' end
    if not find(m.flags, 'C', 1, true) then call('SET', c.prefix .. job, raw .. 'C') end
    return 'FLAGGED'
  end
  local flat = (lane or (m and m.place == 't')) and taken_back(c, job, m, lane)
  if flat then
    local attempt = read(lane or c.timers, flat).attempt
    finish_job(c, job, reason, m.epoch, m.run, '0', is_number(attempt, 1, 2147483647) and attempt or '1')
    return 'CANCELLED'
  end
  local last = m and math.max(run, tonumber(m.run)) or run
  call('SET', c.prefix .. job, c.epoch .. '.' .. int(last) .. '|E|0|', 'PX', MARKER_TTL)
  return 'NONE'
end

local function cancels(K, A, let_held)
  local c = { events = K[2], timers = K[4], jobs = K[5], group = A[1], prefix = A[3], now = now_ms(), epoch = blessed }
  c.scheduler = { group = A[2] }
  local replies = {}
  for i = 1, (#A - 3) / 4 do
    local o = 4 * i
    local k = 1 + 5 * tonumber(A[o + 3])
    local lanes = { qcritical = K[k], qhigh = K[k + 1], qnormal = K[k + 2], qlow = K[k + 3], s = K[k + 4], d = K[3] }
    replies[i] = cancel(c, A[o], tonumber(A[o + 1]), A[o + 2], lanes, let_held)
  end
  return replies
end

--[[ mr_cancel_1 ends what waits, and flags what a worker has.
KEYS epoch, events, delays, timers, timers:jobs, (critical, high, normal, low, suspect)…
ARGV group, group of delays, marker prefix, (job, run, CANCELLED | EXPIRED, queue's number)…
→ CANCELLED (it waited: it has ended as asked) | FLAGGED (a worker has it) | HELD (a worker has it: it may not expire) |
ENDED (this run or a later one) | NONE (it was nowhere; an enqueue of this run answers ENDED for a while) for each
After a crash behind it: the job has ended or is flagged; the same call again answers ENDED, FLAGGED or NONE as before.
]]
register('mr_cancel_1', function(K, A) return cancels(K, A, false) end)

--[[ mr_purge_1 ends what waits, and lets alone what a worker has.
KEYS epoch, events, delays, timers, timers:jobs, (critical, high, normal, low, suspect)…
ARGV group, group of delays, marker prefix, (job, run, CANCELLED | EXPIRED, queue's number)…
→ CANCELLED (it waited: it has ended as asked) | HELD (a worker has it) | ENDED (this run or a later one) | NONE (it was
nowhere; an enqueue of this run answers ENDED for a while) for each
After a crash behind it: the job has ended, or is where it was; the same call again answers ENDED, HELD or NONE as before.
]]
register('mr_purge_1', function(K, A) return cancels(K, A, true) end)

--[[ mr_pause_1 lets nothing of a queue start.
KEYS epoch, paused
ARGV none
→ OK
After a crash behind it: the queue is paused until it is resumed, or Redis loses its data. ]]
register('mr_pause_1', function(K)
  call('SET', K[2], '1')
  return redis.status_reply('OK')
end)

--[[ mr_pause_2 lets nothing of these queues start; works while COLD, so that they are paused before anything may start.
KEYS epoch, paused…
ARGV none
→ OK
After a crash behind it: the queues are paused until they are resumed, or Redis loses its data. ]]
register_always('mr_pause_2', function(K)
  for i = 2, #K do call('SET', K[i], '1') end
  return redis.status_reply('OK')
end)

--[[ mr_resume_1 lets a paused queue start jobs.
KEYS epoch, paused
ARGV none
→ OK
After a crash behind it: the queue is not paused. ]]
register('mr_resume_1', function(K)
  call('DEL', K[2])
  return redis.status_reply('OK')
end)
