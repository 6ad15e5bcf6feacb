"""In which order the parts of a command come: what is looked at, sorted, cut off, counted, saved, or done to it."""

from __future__ import annotations

NARROW, ORDER, CUT, END, SAVE, DONE = range(6)
_STAGES = {
    NARROW: "+details +hidden +readable +without +only f_ext f_larger f_smaller f_newer f_older f_today f_skip f_flat"
    " f_empty f_case f_named f_grep g_numbers g_case g_names g_word g_ext g_skip g_not p_named l_short l_author l_since"
    " l_file l_stat l_patch t_rows t_without t_no_header",
    ORDER: "+newest +oldest +biggest +smallest +sorted f_by_size p_memory p_cpu t_unique t_counts t_sorted"
    " t_numeric t_highest",
    CUT: "+first +last g_first g_context p_top l_n t_top",
    END: "+count f_count f_details f_total g_count g_only_match t_how_many_values t_sum t_average t_max t_min t_count",
    SAVE: "+save t_save",
    DONE: "f_delete f_copy f_move",
}
STAGE = {step: stage for stage, names in _STAGES.items() for step in names.split()}
"""The steps that add something, by the stage that they belong to: the rest of the scenes' steps change or take back."""
