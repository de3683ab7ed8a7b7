-- For wrk: the golden drawings one after another, in JSON as the page sends them. With AS=png in the environment they
-- are the bodies themselves, with AS=batch all are one request; with CLOSE=1 each request has a connection of its own.
local as = os.getenv("AS")
local path, type = "/predict", as == "png" and "image/png" or "application/json"
local headers = { ["Content-Type"] = type, ["Connection"] = os.getenv("CLOSE") and "close" or nil }
local bodies = {}

-- Closes what it has read: wrk has room for few open files.
local function read(file)
  local bytes = file:read("*a")
  file:close()
  return bytes
end

for file in read(io.popen("ls src/test/resources/golden/*.png")):gmatch("[^\n]+") do
  if as == "png" then
    bodies[#bodies + 1] = read(io.open(file, "rb"))
  else
    local image = '"data:image/png;base64,' .. read(io.popen("base64 -w0 " .. file)) .. '"'
    bodies[#bodies + 1] = as == "batch" and image or '{"image":' .. image .. "}"
  end
end
if as == "batch" then
  path, bodies = "/predict/batch", { '{"images":[' .. table.concat(bodies, ",") .. "]}" }
end
local sent = 0

function request()
  sent = sent + 1
  return wrk.format("POST", path, headers, bodies[sent % #bodies + 1])
end
