-- A script for wrk that posts the given files in turn and prints the results as JSON:
-- wrk ... -s predict.lua URL -- FOLDER/*.json

local requests, at = {}, 0

function init(files)
  for i = 1, #files do
    local file = io.open(files[i])
    requests[i] = wrk.format("POST", nil, {["Content-Type"] = "application/json"}, file:read("*a"))
    file:close()
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors, failed = summary.errors, 0
  for _, count in pairs(errors) do failed = failed + count end
  io.write(string.format('{"requests":%d,"seconds":%f,"failed":%d,"p50":%f,"p99":%f,"p999":%f}\n',
    summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3))
end
