# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# For summaries: the median of numbers with blanks between them.

function median(list,    values, n, i, j, v)
{
    n = split(list, values, " ")
    for (i = 2; i <= n; ++i) {
        v = values[i] + 0
        for (j = i - 1; j >= 1 && values[j] + 0 > v; --j)
            values[j + 1] = values[j]
        values[j + 1] = v
    }
    return n % 2 ? values[(n + 1) / 2] + 0 : (values[n / 2] + values[n / 2 + 1]) / 2
}
