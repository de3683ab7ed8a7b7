-- A script for wrk that posts the golden drawings in turn, as JSON like the page. In the environment, AS=png posts PNG
-- files, AS=batch posts all drawings as one batch, and CLOSE=1 opens a new connection for each request.
local as = os.getenv("AS")
local path, type = "/predict", as == "png" and "image/png" or "application/json"
local headers = { ["Content-Type"] = type, ["Connection"] = os.getenv("CLOSE") and "close" or nil }
local bodies = {}

-- Closes the file after reading, because wrk allows few open files.
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
