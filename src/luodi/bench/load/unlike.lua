-- Each request has an address of its own, so that nothing kept for an address helps.
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", wrk.path .. (string.find(wrk.path, "?", 1, true) and "&" or "?") .. "_=" .. n)
end
