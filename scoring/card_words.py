"""What is wrong with a card, and what would be right, in both languages (评分卡错误用语)."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.facts import Fact

Words = tuple[str, str]

FAULTS: Mapping[str, tuple[Words, Words]] = {
    # the file
    "toml": (("不是有效的 TOML 文件：{why}", "按 TOML 1.0 书写"), ("not valid TOML: {why}", "write TOML 1.0")),
    "too_deep": (("含有过深的嵌套", "按已发布评分卡的写法"), ("nested too deep", "write it as the shipped cards are")),
    "long_number": (("含有过长的数字", "写成普通的数"), ("a number of too many digits", "write a plain number")),
    "utf8": (("不是 UTF-8 文字", "存为 UTF-8 编码"), ("not UTF-8 text", "save as UTF-8")),
    "file_name": (
        ("文件名与生效日期 {since} 不一致", "文件名写 {since}.toml"),
        ("the file's name is not its first day, {since}", "name the file {since}.toml"),
    ),
    # the shape
    "own_words": (
        ("没有这个键", "删去此键：卡名取自文件夹，摘要由文件内容算出"),
        ("no such key", "remove it: the name is that of the folder, the digest comes from the bytes"),
    ),
    "missing_key": (("缺少此键", "填写 {name}"), ("the key is missing", "give {name}")),
    "strange_key": (("没有这个键", "改为 {near}"), ("no such key", "write {near}")),
    "unknown_key": (("没有这个键", "只用 {known}"), ("no such key", "use only {known}")),
    "band_shape": (("分档写法不对", "每档只写 [界限, 分值]"), ("not a band", "write each band as [edge, points]")),
    "veto_value": (
        ("红线的值写法不对（{given}）", "写 true、false、数、选项代码或代码列表"),
        ("not a value for a red line ({given})", "write true, false, a number, a code or a list of codes"),
    ),
    "string_type": (("不是文字（{given}）", "写成带引号的文字"), ("not text ({given})", "write it in quotes")),
    "string_too_short": (("是空的", "不能为空"), ("is empty", "say something")),
    "string_pattern_mismatch": (
        ("键名写法不对（{given}）", "只用小写字母、数字和下划线，以字母开头"),
        ("not a key ({given})", "small letters, digits and underscores only, a letter first"),
    ),
    "int_type": (("不是整数（{given}）", "写成整数，不加引号"), ("not a whole number ({given})", "write a whole number, no quotes")),
    "decimal_type": (("不是数（{given}）", "写成数，不加引号"), ("not a number ({given})", "write a number, no quotes")),
    "decimal_parsing": (("不是数（{given}）", "写成数，不加引号"), ("not a number ({given})", "write a number, no quotes")),
    "finite_number": (("不是有限的数（{given}）", "写成普通的数"), ("not a finite number ({given})", "write a plain number")),
    "greater_than": (("数值不对（{given}）", "大于 {gt}"), ("wrong figure ({given})", "more than {gt}")),
    "greater_than_equal": (("数值不对（{given}）", "不小于 {ge}"), ("wrong figure ({given})", "not less than {ge}")),
    "less_than_equal": (("数值不对（{given}）", "不大于 {le}"), ("wrong figure ({given})", "not more than {le}")),
    "literal_error": (("没有这种写法（{given}）", "取 {expected}"), ("no such word ({given})", "one of {expected}")),
    "date_type": (("不是日期（{given}）", "写成日期 YYYY-MM-DD"), ("not a day ({given})", "write YYYY-MM-DD")),
    "date_from_datetime_parsing": (("不是日期（{given}）", "写成日期 YYYY-MM-DD，不加引号"), ("not a day ({given})", "write YYYY-MM-DD, no quotes")),
    "date_from_datetime_inexact": (("带了钟点（{given}）", "只写日期 YYYY-MM-DD"), ("has a time of day ({given})", "write YYYY-MM-DD alone")),
    "tuple_type": (("不是列表（{given}）", "写成列表 [ ] 或 [[表]]"), ("not a list ({given})", "write a list [ ] or [[tables]]")),
    "dict_type": (("不是表（{given}）", "写成表 {{ 键 = 值 }}"), ("not a table ({given})", "write {{ key = value }}")),
    "model_type": (("不是表（{given}）", "写成 [[表]]"), ("not a table ({given})", "write [[table]]")),
    "shape": (("写法不对（{given}）", "与已发布评分卡的写法一致"), ("wrongly written ({given})", "as in the shipped cards")),
    # what fits together
    "repeated": (("键重复 {times} 次", "每个键只用一次"), ("used {times} times", "use each key once")),
    "reserved": (("此键名由评分结果占用", "换一个键名"), ("the result of a score uses this key", "choose another key")),
    "block_sum": (
        ("各指标满分合计 {sum}", "等于板块权重 {weight}"),
        ("its items can give {sum}", "as much as the block's weight, {weight}"),
    ),
    "full_marks": (
        ("各指标满分合计 {sum}", "等于满分 {most}"),
        ("all items can give {sum}", "as much as full marks, {most}"),
    ),
    "no_floor": (
        ("最低等级的下限不是 0", "最低等级下限写 0，使每个总分都有等级"),
        ("the lowest grade does not begin at 0", "let one grade begin at 0, so that every total has one"),
    ),
    "bounds": (
        ("等级下限重复或超过满分", "各等级下限互不相同且不超过 {most}"),
        ("bounds of grades repeat or pass full marks", "all different and at most {most}"),
    ),
    "line": (("准入线 {line} 超过满分", "不超过 {most}"), ("the line {line} passes full marks", "at most {most}")),
    "ceilings_rise": (
        ("较低等级的担保上限高于较高等级", "上限随等级降低而不升"),
        ("a lower grade has the higher ceiling", "ceilings never rise as grades fall"),
    ),
    "no_grade": (("没有这个等级", "等级只有 {grades}"), ("no such grade", "the grades are {grades}")),
    "known_fact": (
        ("事实表中已有此事实", "删去此段，直接使用已登记的事实"),
        ("the list of facts has this one", "remove it and use the registered fact"),
    ),
    "no_fact": (("没有事实“{fact}”", "使用事实表中的名称"), ("no fact {fact}", "use a name of the list of facts")),
    "near_fact": (("没有事实“{fact}”", "改为 {near}"), ("no fact {fact}", "write {near}")),
    "no_block": (("没有板块“{block}”", "板块只有 {blocks}"), ("no block {block}", "the blocks are {blocks}")),
    "sign": (
        ("“{fact}”是{sign}", "写 {better}，或省略此键"),
        ("{fact} is good when {better}", "write {better}, or leave the key out"),
    ),
    "missing_points": (
        ("缺失给分 {given} 高于本项满分", "不超过 {most}"),
        ("{given} points for a missing value pass the item's most", "at most {most}"),
    ),
    "no_industry": (
        ("不是国民经济行业代码", "写 {edition} 的代码，如 C、30、307、3071"),
        ("not a code of industries", "a code of {edition}, such as C, 30, 307, 3071"),
    ),
    "industry_repeated": (("行业重复 {times} 次", "每个行业只写一次"), ("written {times} times", "each industry once")),
    "industry_most": (
        ("本行业满分 {given}，与通用标准不同", "最高一档写 {most} 分"),
        ("gives at most {given}, unlike the general scale", "let the best step give {most}"),
    ),
    "two_scales": (("分档与选项应二者取一", "只写 bands 或只写 choices"), ("needs one of the two", "bands alone or choices alone")),
    "not_choices": (("“{fact}”是数值", "改写为 bands"), ("{fact} is a number", "write bands")),
    "not_bands": (("“{fact}”不是数值", "改写为 choices：{options}"), ("{fact} is no number", "write choices: {options}")),
    "options": (("选项为 {given}", "恰好写出 {options}"), ("the choices are {given}", "exactly {options}")),
    "option_order": (
        ("{good} 给 {least} 分，{worse} 给 {more} 分", "{good} 的分值不低于 {worse}"),
        ("{good} gives {least} and {worse} gives {more}", "not less for {good} than for {worse}"),
    ),
    "bands_fall": (
        ("[{edge}, {marks}] 之后是 [{later}, {fewer}]", "界限逐档降低、分值逐档减少"),
        ("[{edge}, {marks}] is followed by [{later}, {fewer}]", "edges fall and so do points"),
    ),
    "bands_rise": (
        ("[{edge}, {marks}] 之后是 [{later}, {fewer}]", "界限逐档升高、分值逐档减少"),
        ("[{edge}, {marks}] is followed by [{later}, {fewer}]", "edges rise and points fall"),
    ),
    "test": (
        ("is = {operator}，value = {given} 与事实的类型不符", "“{fact}”可用 {operators}"),
        ("is = {operator}, value = {given} does not fit the fact", "{fact} takes {operators}"),
    ),
    "no_option": (("没有选项“{given}”", "选项只有 {options}"), ("no choice {given}", "the choices are {options}")),
    "no_options": (("一个选项也没有", "至少写一个：{options}"), ("no choice at all", "at least one of {options}")),
}  # fmt: skip
"""By kind of fault: what is wrong and what would be right, Chinese first."""

SIGNS: Mapping[str, str] = {"higher": "越高越好", "lower": "越低越好"}


def told(code: str, facts: Mapping[str, object], *, english: bool) -> Words:
    """What is wrong and what would be right, for one fault, in one language."""
    wrong, right = FAULTS[code][english]
    said = {name: _said(value, english=english) for name, value in facts.items()}
    return wrong.format(**said), right.format(**said)


def _said(value: object, *, english: bool) -> str:
    if isinstance(value, Fact):
        return value.english if english else value.term
    if isinstance(value, tuple):
        return (", " if english else "、").join(map(str, value))
    return str(value)
