namespace Picket.Core.Intelligence.Formats;

internal readonly record struct StixComparison(IndicatorKind Kind, string Value);

/// <summary>
/// Reads STIX patterns. Equalities, IN, LIKE and MATCHES joined by OR are indicators of their own; whatever needs two
/// things at once (AND, FOLLOWEDBY, qualifiers, negation) is kept whole and not tested, for half of it proves nothing.
/// </summary>
internal ref struct StixPattern
{
    private readonly string _pattern;
    private readonly List<StixComparison> _found = [];
    private StixScanner _scanner;
    private bool _isCompound;

    private StixPattern(string pattern)
    {
        _pattern = pattern;
        _scanner = new StixScanner(pattern);
    }

    /// <param name="column">Where it breaks, counted from 1.</param>
    public static bool TryParse(string pattern, out IReadOnlyList<StixComparison> comparisons, out int column)
    {
        var parser = new StixPattern(pattern);
        var ok = parser.ReadObservations();
        comparisons = parser._isCompound ? [new StixComparison(IndicatorKind.Compound, pattern)] : parser._found;
        column = parser._scanner.Position + 1;
        return ok && comparisons.Count > 0;
    }

    private bool ReadObservations()
    {
        while (true)
        {
            if (!_scanner.Take('['))
            {
                // Parentheses around observations only matter to compounds.
                _isCompound = true;
                return _scanner.SkipBalanced();
            }

            if (!ReadComparisons() || !_scanner.Take(']'))
            {
                return false;
            }

            if (_scanner.AtEnd)
            {
                return true;
            }

            if (!_scanner.TakeWord("OR"))
            {
                _isCompound = true;
                return _scanner.SkipBalanced();
            }
        }
    }

    private bool ReadComparisons()
    {
        while (true)
        {
            if (!ReadComparison())
            {
                return false;
            }

            if (_scanner.TakeWord("AND"))
            {
                _isCompound = true;
            }
            else if (!_scanner.TakeWord("OR"))
            {
                return true;
            }
        }
    }

    private bool ReadComparison()
    {
        if (_scanner.Take('('))
        {
            return ReadComparisons() && _scanner.Take(')');
        }

        if (_scanner.ReadPath() is not { } path)
        {
            return false;
        }

        var kind = StixPaths.KindOf(path);
        _isCompound |= _scanner.TakeWord("NOT");
        if (_scanner.TakeWord("IN"))
        {
            return ReadSet(kind);
        }

        return _scanner.TakeWord("LIKE") ? ReadPattern(kind, SafePattern.FromLike)
            : _scanner.TakeWord("MATCHES") ? ReadPattern(kind, regex => regex)
            : ReadEquality(kind);
    }

    private bool ReadEquality(IndicatorKind kind)
    {
        if (!_scanner.TakeOperator(out var isEquality) || _scanner.ReadValue() is not { } value)
        {
            return false;
        }

        _isCompound |= !isEquality;
        Add(kind, value);
        return true;
    }

    private bool ReadSet(IndicatorKind kind)
    {
        if (!_scanner.Take('('))
        {
            return false;
        }

        do
        {
            if (_scanner.ReadValue() is not { } value)
            {
                return false;
            }

            Add(kind, value);
        } while (_scanner.Take(','));

        return _scanner.Take(')');
    }

    private bool ReadPattern(IndicatorKind kind, Func<string, string> toRegex)
    {
        if (_scanner.ReadValue() is not { } value)
        {
            return false;
        }

        if (kind is IndicatorKind.AppId)
        {
            Add(IndicatorKind.AppIdPattern, toRegex(value));
        }
        else
        {
            _isCompound = true;
        }

        return true;
    }

    private readonly void Add(IndicatorKind kind, string value) =>
        _found.Add(new StixComparison(kind, kind is IndicatorKind.Compound ? _pattern : value));
}
