-- From the tree of `document.lua` to Word, where a page is set by styles, and to one PowerPoint slide.

local stringify = pandoc.utils.stringify
local QUARTERS_ON_A_SLIDE, COLUMNS_ON_A_SLIDE = 5, 4

-- Word takes a picture's alternative text from the words in its brackets, PowerPoint from its title.
local function described(figure)
  local image = figure.content[1].content[1]
  local alt = image.attributes.alt
  image.attributes.alt = nil
  if FORMAT == "pptx" then
    -- Without a caption of its own: it would be a box over the marking. The words stand among the small ones.
    image.title, image.caption = alt, {}
  else
    image.caption = { pandoc.Str(alt) }
  end
  return figure
end

local function read_tables(raw)
  if raw.format ~= "html" then return nil end
  return pandoc.read(raw.text, "html").blocks:walk({
    Div = function(div) return div.content end,
    Span = function(span) return span.content end,
    Link = function(link) return link.content end,
  })
end

-- As the page: words for another format go, a callout has its title over it, a new page begins.
local function styled(div)
  local kind = div.classes[1] or ""
  if kind == "content-visible" then
    local wanted = div.attributes["when-format"]
    return (wanted == nil or wanted == FORMAT) and div.content or {}
  end
  if kind == "page-break" then return pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>') end
  if kind:match("^callout") then
    div.content:insert(1, pandoc.Para({ pandoc.Strong({ div.attributes.title or kind:match("%a+$") }) }))
    div.attributes.title = nil
    kind = "callout"
  end
  div.attributes["custom-style"] = ({ method = "Method", lead = "Body Text", callout = "Callout" })[kind]
  return div
end

local function plain_cells(cells)
  return cells:map(function(cell)
    cell.attr = pandoc.Attr()
    return cell
  end)
end

local function bare(tbl)
  for _, row in ipairs(tbl.head.rows) do row.cells = plain_cells(row.cells) end
  for _, row in ipairs(tbl.bodies[1].body) do row.cells = plain_cells(row.cells) end
  tbl.bodies[1].row_head_columns = 0
  return tbl
end

local function only(meta, names)
  local kept = {}
  for _, name in ipairs(names) do kept[name] = meta[name] end
  return kept
end

local function cut(columns)
  while #columns > COLUMNS_ON_A_SLIDE do columns:remove(#columns) end
end

local function on_a_slide(doc)
  local picture, tbl, said, small = nil, nil, pandoc.List(), pandoc.List()
  for _, block in ipairs(doc.blocks) do
    if block.t == "Figure" then
      picture = block
    elseif block.t == "Table" then
      tbl = block
    elseif block.t == "BulletList" then
      for _, item in ipairs(block.content) do said:insert(pandoc.Str(stringify(item) .. " ")) end
    elseif block.t == "Div" then
      for _, paragraph in ipairs(block.content) do small:insert(pandoc.Str(stringify(paragraph) .. " ")) end
    end
  end
  local image, legend = picture.content[1].content[1], stringify(tbl.caption.long)
  tbl.caption.long = {}
  local body = tbl.bodies[1].body
  while #body > QUARTERS_ON_A_SLIDE do body:remove(1) end
  for _, row in ipairs(body) do cut(row.cells) end
  tbl.bodies[1].body = body
  for _, row in ipairs(tbl.head.rows) do cut(row.cells) end
  cut(tbl.colspecs)
  local title = stringify(doc.meta.title) .. ", " .. stringify(doc.meta.subtitle)
  local left = pandoc.Div({ pandoc.Para(said), pandoc.Para({ image }) }, { class = "column" })
  local shown = stringify(picture.caption.long) .. " Table, last " .. #body .. " quarters: " .. legend .. " "
  local notes = { pandoc.Str(shown), table.unpack(small) }
  local right = pandoc.Div({ pandoc.Para(notes), tbl }, { class = "column" })
  local slide = { pandoc.Header(2, title), pandoc.Div({ left, right }, { class = "columns" }) }
  return pandoc.Pandoc(slide, only(doc.meta, { "lang" }))
end

function Pandoc(doc)
  doc = doc:walk({ Figure = described, RawBlock = read_tables, Div = styled }):walk({ Table = bare })
  if FORMAT == "pptx" then return on_a_slide(doc) end
  return pandoc.Pandoc(doc.blocks, only(doc.meta, { "title", "subtitle", "lang" }))
end
