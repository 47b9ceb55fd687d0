-- From the Markdown of a prepared notebook to what each writer prints: one filter, run twice.
-- With FORMAT "json" it reads: hides text by profile, numbers figures, resolves references, and lists in the metadata
-- every feature that is outside the contract (docs/quarto-features.md). With a writer's FORMAT it lays out.

local stringify = pandoc.utils.stringify
local CALLOUTS = { note = "Note", tip = "Tip", important = "Important", warning = "Warning", caution = "Caution" }
local function set_of(words)
  local set = {}
  for word in words:gmatch("%S+") do set[word] = true end
  return set
end
local PROFILES, FORMATS = set_of("internal own anonymised dfe public"), set_of("html typst docx")
local PLAIN_DIVS = set_of("content-visible page-break method lead landscape")
local SERVED = set_of("Para Plain Header BulletList OrderedList BlockQuote Table Div Figure RawBlock Str Space "
  .. "SoftBreak LineBreak Emph Strong Quoted Link Cite Image Code Superscript Subscript")
local TABLE_START = '^<div class="table%-scroll" id="[%w%-]+" role="region" aria%-label="[^"]*" tabindex="0">%s*<table'

local CHOICE_START = '^<fieldset class="choice">'

local problems, hidden, figures, landscape = pandoc.List(), pandoc.List(), {}, false
local function problem(words) problems:insert(words) end

local function callout_kind(div)
  for _, class in ipairs(div.classes) do
    local kind = class:match("^callout%-(%a+)$")
    if kind then return kind end
  end
end

local function visible(div, profile)
  local wanted, format = div.attributes["when-profile"], div.attributes["when-format"]
  if #div.attributes ~= (wanted and 1 or 0) + (format and 1 or 0) or not (wanted or format) then
    problem("content-visible with no condition, or one that is not when-profile or when-format")
  end
  if wanted and not PROFILES[wanted] then problem("no profile is called " .. wanted) end
  if format and not FORMATS[format] then problem("no format is called " .. format) end
  return not wanted or wanted == profile
end

local function hide(profile)
  local function hide_div(div)
    if not div.classes:includes("content-visible") or visible(div, profile) then return nil end
    hidden:insert(stringify(div))
    return {}, false
  end
  return { traverse = "topdown", Div = hide_div }
end

local function check_div(div)
  local kind = callout_kind(div)
  if kind and #div.classes == 1 then
    if not CALLOUTS[kind] then problem("a callout of kind " .. kind) end
    for key in pairs(div.attributes) do
      if key ~= "title" then problem("a callout's " .. key) end
    end
    -- As in Quarto: a heading that opens a callout is its title.
    if div.content[1] and div.content[1].t == "Header" then
      div.attributes.title = stringify(div.content[1])
      div.content:remove(1)
      return div
    end
  elseif not (#div.classes == 1 and PLAIN_DIVS[div.classes[1]]) then
    problem("a division " .. (#div.classes > 0 and "." .. table.concat(div.classes, ".") or "without a class"))
  end
end

local function check_figure(figure)
  local image = #figure.content == 1 and #figure.content[1].content == 1 and figure.content[1].content[1]
  if not image or image.t ~= "Image" then return problem("a figure of something else than one picture") end
  local label = figure.identifier
  if not label:match("^fig%-[%l%d%-]+$") then return problem("a picture without a label fig-...") end
  if figures[label] then return problem("two pictures with the label " .. label) end
  figures[#figures + 1] = label
  figures[label] = #figures
  if not image.src:match("^figures/[%l%d%-]+%.png$") then problem("a picture from elsewhere: " .. label) end
  image.attributes.alt, image.attributes["fig-alt"] = image.attributes["fig-alt"], nil
  if not (image.attributes.width or ""):match("^%d+%.?%d*in$") then problem(label .. " has no width in inches") end
  if not (image.attributes.alt or ""):match("%S") then problem(label .. " has no alternative text") end
  local caption = figure.caption.long
  if #caption == 0 then return problem(label .. " has no caption") end
  caption[1].content:insert(1, pandoc.Str("Figure\u{a0}" .. figures[label] .. ": "))
  image.caption = {}
  figure.content[1].content[1] = image
  figure.caption.long = caption
  return figure
end

local function check_block(block)
  if not SERVED[block.t] then problem(block.t) end
  if block.t == "Header" and block.level == 1 then problem("a level-one heading: sections begin at ##") end
  if block.t == "RawBlock" and not (block.format == "html" and (block.text:match(TABLE_START)
    or block.text:match(CHOICE_START))) then
    problem("raw " .. block.format .. " that is no table by `show`")
  end
  if block.t == "Table" and #block.caption.long > 0 then problem("a caption under a Markdown table") end
end

local function check_inline(inline)
  if not SERVED[inline.t] then problem(inline.t) end
  if inline.t == "Link" and not inline.target:match("^#") then problem("a link to outside the document") end
end

local function refer(cite)
  local label = cite.citations[1].id
  if #cite.citations ~= 1 or not figures[label] then
    return problem("a reference to " .. label .. ", which is no figure here")
  end
  return pandoc.Link({ pandoc.Str("Figure\u{a0}" .. figures[label]) }, "#" .. label)
end

local function read(doc)
  local profile = stringify(doc.meta.profile or "")
  if not PROFILES[profile] then error("no profile is called '" .. profile .. "'") end
  doc.meta.profile = nil
  doc = doc:walk(hide(profile))
  doc = doc:walk({ Block = check_block, Inline = check_inline })
  doc = doc:walk({ Div = check_div, Figure = check_figure })
  doc = doc:walk({
    Cite = refer,
    Image = function(image) if not image.attributes.alt then problem("a picture inside a line of text") end end,
  })
  doc.meta.problems = problems:map(pandoc.MetaString)
  doc.meta.hidden = hidden:map(pandoc.MetaString)
  return doc
end

-- From here on: laying out for one writer.

local function typst(text) return pandoc.RawBlock("typst", text) end

local function quoted(text) return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"' end

local function as_typst(inlines)
  return (pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), "typst"):gsub("%s+$", ""))
end

local layout = { html = {}, typst = {} }

function layout.html.Div(div)
  local kind = callout_kind(div)
  if not kind then return nil end
  local title = pandoc.Para({ pandoc.Strong({ div.attributes.title or CALLOUTS[kind] }) })
  div.attributes = { role = "note" }
  div.classes:insert(1, "callout")
  div.content:insert(1, pandoc.Div({ title }, { class = "callout-title" }))
  return div
end

local function wrapped(div, opening)
  div.content:insert(1, typst(opening))
  div.content:insert(typst("]"))
  return div.content
end

function layout.typst.Div(div)
  local kind = callout_kind(div)
  if kind then
    return wrapped(div, "#callout(" .. quoted(kind) .. ", " .. quoted(div.attributes.title or CALLOUTS[kind]) .. ")[")
  end
  if ({ method = 1, lead = 1 })[div.classes[1]] then return wrapped(div, "#" .. div.classes[1] .. "[") end
  if div.classes:includes("page-break") then return typst("#pagebreak(weak: true)") end
  if div.classes:includes("landscape") then return wrapped(div, "#across[") end
  return nil
end

function layout.typst.Figure(figure)
  local image, caption = figure.content[1].content[1], as_typst(figure.caption.long[1].content)
  local alt, width = quoted(image.attributes.alt), image.attributes.width
  local source, label = quoted(image.src), figure.identifier
  return typst(("#picture(%s, alt: %s, width: %s)[%s] <%s>"):format(source, alt, width, caption, label))
end

local function set(element, property, value) element.attributes["typst:" .. property] = value end
local function dress(cell, is_head, is_own)
  local style = cell.attributes.style or ""
  local fill, ink = style:match("background%-color: (#%x+)"), style:match("; color: (#%x+)")
  if fill then set(cell, "fill", 'rgb("' .. fill .. '")') end
  if ink then set(cell, "text:fill", 'rgb("' .. ink .. '")') end
  if is_head then set(cell, "fill", "primary"); set(cell, "text:fill", "white") end
  if is_own and not fill then set(cell, "fill", "tint") end
  if is_head or is_own or cell.attributes.scope == "row" then set(cell, "text:weight", '"bold"') end
  if cell.classes:includes("missing") and not ink then set(cell, "text:fill", "quiet") end
  if cell.classes:includes("number") then cell.alignment = "AlignRight" end
  return cell
end

local function sum(numbers)
  local total = 0
  for _, number in ipairs(numbers) do total = total + number end
  return total
end

-- Shares of the width for columns that don't fit side by side: typst's own way would squeeze the long ones. Each gets
-- its longest word or short text, and of what is left as much as its longest text asks for. Widths in letters.
local function fit(tbl, size)
  local need, want, room = {}, {}, (landscape and 166 or 110) * 8 / size - 2.4 * #tbl.colspecs
  local function ask(row, shortest)
    for column, cell in ipairs(row.cells) do
      local text, bold = stringify(cell.contents), cell.attributes["typst:text:weight"] and 1.1 or 1
      local whole = bold * math.min(utf8.len(text), 44)
      need[column] = need[column] or 1
      for word in text:gmatch(whole > shortest and "%S+" or ".+") do
        need[column] = math.max(need[column], bold * utf8.len(word) + 0.8)
      end
      want[column] = math.max(want[column] or 1, need[column], shortest > 0 and whole or whole / 3)
    end
  end
  tbl.head.rows:map(function(row) ask(row, 0) end)
  tbl.bodies[1].body:map(function(row) ask(row, 12) end)
  local spare = math.max(room - sum(need), 0) / (sum(want) - sum(need) + 0.001)
  local widths = pandoc.List(need):map(function(least, column) return least + spare * (want[column] - least) end)
  local total = sum(want) > room and sum(widths)
  for column, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[column] = { spec[1], total and widths[column] / total or nil }
  end
end

local function dress_table(tbl)
  local function dress_row(row, is_head)
    local own = row.classes:includes("own")
    row.cells = row.cells:map(function(cell) return dress(cell, is_head, own) end)
  end
  for _, row in ipairs(tbl.head.rows) do dress_row(row, true) end
  for _, row in ipairs(tbl.bodies[1].body) do dress_row(row) end
  local one_page = tbl.classes:includes("one-page")
  local size = #tbl.colspecs > 12 and 6 or one_page and 6.4 or #tbl.colspecs > 7 and 7 or 8
  if not tbl.colspecs[1][2] then fit(tbl, size) end
  if tbl.classes:includes("rug") and not one_page then return tbl end
  set(tbl, "text:size", size .. "pt")
  if size < 8 then set(tbl, "inset", one_page and "(x: 3pt, y: 1.5pt)" or "(x: 4pt, y: 3pt)") end
  return { typst("#together["), tbl, typst("]") }
end

layout.typst.Table = dress_table
function layout.typst.RawBlock(raw)
  if raw.format ~= "html" then return nil end
  return pandoc.read(raw.text, "html").blocks:walk({
    Div = function(div) return div.content end,
    Span = function(span) return pandoc.RawInline("typst", "#small[" .. as_typst(span.content) .. "]") end,
    Image = function(image)
      local size = (image.attributes.width / 96) .. "in"
      return pandoc.RawInline("typst", ("#box(image(%s, alt: %s, width: %s))"):format(quoted(image.src),
        quoted(stringify(image.caption)), size))
    end,
    Table = dress_table,
  })
end

local function lay_out(doc)
  local format = FORMAT:match("^%a+")
  landscape = doc.meta.landscape
  local function visible_here(div)
    if not div.classes:includes("content-visible") then return nil end
    local wanted = div.attributes["when-format"]
    return (wanted == nil or wanted == format) and div.content or {}
  end
  return doc:walk({ Div = visible_here }):walk(layout[format])
end

function Pandoc(doc) return FORMAT == "json" and read(doc) or lay_out(doc) end
