-- Redis closes a connection when the process at its other end dies, and its number is not given again before Redis is
-- restarted. So a worker's key says epoch.number of the connection that it renews on, and the names of its queues.

--[[ mr_connect_1 says by which connection a worker lives, and which queues it serves, if its lease stands; it does not
renew it.
KEYS epoch, the worker's key, workers
ARGV worker, connection, queue…
→ 1 if it is said now, 0 if the worker has no lease
After a crash behind it: it is said, until the lease runs out or the connection is found gone. ]]
register('mr_connect_1', function(K, A)
  if call('EXISTS', K[2]) == 0 then return 0 end
  call('SET', K[2], blessed .. '.' .. table.concat(A, ' ', 2), 'KEEPTTL')
  pcall_('SADD', K[3], A[1])
  return 1
end)

-- epoch and number of the connection that a worker's key names; nil if it names none
local function connection_of(key)
  local says = pcall_('GET', key)
  if kind(says) ~= 'string' then return nil end
  return match(says, '^(%d+)%.(%d+)')
end

--[[ mr_connections_1 tells by which connections workers live. One that was named in an earlier life of Redis, which gave
the numbers anew since, is not told.
KEYS epoch, workers
ARGV prefix of workers' keys
→ the epoch, (worker, connection)…
After a crash behind it: nothing has changed but that names of workers without a lease are gone. ]]
register('mr_connections_1', function(K, A)
  local told, names = { blessed }, pcall_('SMEMBERS', K[2])
  for _, worker in ipairs(names.err and {} or names) do
    local epoch, connection = connection_of(A[1] .. worker)
    if epoch == blessed then
      told[#told + 1] = worker
      told[#told + 1] = connection
    elseif call('EXISTS', A[1] .. worker) == 0 then
      call('SREM', K[2], worker)
    end
  end
  return told
end)

local BAND_NAMES = { 'critical', 'high', 'normal', 'low' }

-- lets what a worker holds of a lane, untouched for so long, look as if nobody had renewed it for a lease
local function abandon(lane, group, worker, untouched, lease)
  local from = '-'
  repeat
    local held = pcall_('XPENDING', lane, group, 'IDLE', untouched, from, '+', 250, worker)
    local ids = {}
    for i, p in ipairs(held.err and {} or held) do ids[i] = p[1] end
    if #ids > 0 then
      local claim = { 'XCLAIM', lane, group, worker, '0', unpack(ids) }
      for _, option in ipairs({ 'IDLE', lease, 'JUSTID' }) do claim[#claim + 1] = option end
      pcall_(unpack(claim))
      from = '(' .. ids[#ids]
    end
  until #ids < 250
end

--[[ mr_lapse_1 lets the lease of a worker, and of what it holds of bands, run out now, if its key still names this
connection of this life of Redis, and lets go of its suspect locks. What was given to it or renewed a moment ago is left to its lease: if
the worker lives all the same, it starts that without asking. So is a suspect: that its worker died must not be a guess.
KEYS epoch, the worker's key
ARGV group, worker, epoch of the connection, connection, a moment's ms, lease ms, prefix of queues' keys
→ 1 if the lease has lapsed, else 0
After a crash behind it: any worker of the queues reclaims what the worker held. If that lives all the same, its next
renewal gets back what nobody has reclaimed by then. ]]
register('mr_lapse_1', function(K, A)
  local epoch, connection = connection_of(K[2])
  if epoch ~= blessed or epoch ~= A[3] or connection ~= A[4] then return 0 end
  for queue in string.gmatch(call('GET', K[2]), ' (%S+)') do
    for _, band in ipairs(BAND_NAMES) do abandon(A[7] .. queue .. ':' .. band, A[1], A[2], A[5], A[6]) end
    let_go(A[7] .. queue .. ':lone', A[2])
  end
  call('DEL', K[2])
  return 1
end)
