-- Where a job is, and its events.

local PLACES = { suspect = 's', delays = 'd', timers = 't' }

-- the label of a lane's key is what stands behind its last colon; those two keys that are no lanes end in their names
local function place_of(lane)
  local label = match(lane, '([^:]+)$')
  return PLACES[label] or 'q' .. label
end

local function mark(c, job, epoch, run, place, entry)
  call('SET', c.prefix .. job, epoch .. '.' .. run .. '|' .. place .. '|' .. entry .. '|')
end

-- the text of a marker; nil if there is none, or something that is no text
local function read_marker(key)
  local raw = pcall_('GET', key)
  return kind(raw) == 'string' and raw or nil
end

-- a marker's flags if it names this entry; nil if it does not
local function flags_in(raw, epoch, run, place, id)
  local expected = epoch .. '.' .. run .. '|' .. place .. '|' .. id .. '|'
  if not raw or sub(raw, 1, #expected) ~= expected then return nil end
  return sub(raw, #expected + 1)
end

local function flags_of(c, job, epoch, run, place, id)
  return flags_in(read_marker(c.prefix .. job), epoch, run, place, id)
end

local function is_entry(id)
  local ms, seq = match(id, '^(%d+)%-(%d+)$')
  return ms ~= nil and #ms < 20 and #seq < 20
end

-- nil for a text that is no marker: it is then as if there were none
local function parse_marker(raw)
  local epoch, run, place, entry, flags = match(raw, '^(%d+)%.(%d+)|(%a*)|([%d%-]*)|(%a*)$')
  if not is_number(epoch, 0, 32767) or not is_number(run, 0, 4294967295) then return nil end
  local band = match(place, '^q(%a+)$')
  if place == 's' or place == 'd' or band then
    if (band and not BANDS[band]) or not is_entry(entry) then return nil end
  elseif place ~= 'E' and place ~= 't' then
    return nil
  end
  return { epoch = epoch, run = run, place = place, entry = entry, flags = flags }
end

-- the time of an event as text, written once for all events of a call that bear it
local function at_of(c)
  if c.written ~= c.now then c.written, c.at = c.now, int(c.now) end
  return c.at
end

local function event(c, job, kind, epoch, run, delivery, attempt, ...)
  call('XADD', c.events, '*', 'job', job, 'type', kind, 'epoch', epoch, 'run', run, 'delivery', delivery,
    'attempt', attempt, 'at', at_of(c), ...)
end

local function finish_job(c, job, kind, epoch, run, delivery, attempt, ...)
  mark(c, job, epoch, run, 'E', delivery)
  event(c, job, kind, epoch, run, delivery, attempt, ...)
end

--[[ mr_ended_1 marks jobs as ended, for a reconcile, before it blesses; works while COLD.
KEYS marker…
ARGV epoch.run…
→ OK
After a crash behind it: the markers stand for 20 s, so that no late enqueue brings an ended job back; a reconcile that
starts again sets them again. ]]
register_always('mr_ended_1', function(K, A)
  for i = 1, #K do call('SET', K[i], A[i] .. '|E|0|', 'PX', MARKER_TTL) end
  return redis.status_reply('OK')
end)

--[[ mr_projected_1 acknowledges events that PostgreSQL has committed, and lets the markers of their ends expire: each
only if it stands at exactly this end.
KEYS epoch, events, marker…
ARGV group, n, entry × n, epoch.run…
→ OK
After a crash behind it: the events are acknowledged; the same call again changes nothing. Before it: the events are
read again, and the record takes an event that it has for what it is. ]]
register('mr_projected_1', function(K, A)
  local n = tonumber(A[2])
  for from = 3, n + 2, 1000 do
    call('XACK', K[2], A[1], unpack(A, from, math.min(from + 999, n + 2)))
  end
  for i = 3, #K do
    local ended = A[n + i] .. '|E|'
    local raw = read_marker(K[i])
    if raw and string.sub(raw, 1, #ended) == ended then call('PEXPIRE', K[i], MARKER_TTL) end
  end
  return redis.status_reply('OK')
end)
