using System.Buffers.Binary;
using System.Buffers.Text;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Storage;

namespace Picket.Server.Hosting;

/// <summary>
/// Keyset paging by a row's time-ordered id: each page costs the same however far it lies, and rows that come or go
/// meanwhile neither repeat nor hide others. The cursor is the last id of the page before.
/// </summary>
public static class Keyset
{
    /// <summary>Of an id's time, which has 48 bits.</summary>
    private const long LastMillisecond = (1L << 48) - 1;

    /// <summary>The id in an opaque cursor; null for the first page.</summary>
    /// <exception cref="PagingMistakeException">The cursor is none of ours: another page than the asked one would mislead.</exception>
    public static Guid? Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        return
            cursor is { Length: 22 }
            && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var written)
            && written == 16
            ? new Guid(bytes, bigEndian: true)
            : throw new PagingMistakeException(
                "cursor",
                "This cursor is not one of Picket's. Take it from `next` of the page before."
            );
    }

    public static string Format(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    /// <summary>Not above any id that was made at this time or later, and above all from before its millisecond.</summary>
    public static Guid FirstAt(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        var milliseconds = Math.Clamp(time.ToUnixTimeMilliseconds(), 0, LastMillisecond);
        BinaryPrimitives.WriteInt64BigEndian(bytes, milliseconds << 16);
        return new Guid(bytes, bigEndian: true);
    }

    /// <exception cref="PagingMistakeException">The limit is out of its range.</exception>
    public static int Limit(int? asked) =>
        asked is < 1 or > Paging.MaxLimit
            ? throw new PagingMistakeException("limit", $"A page has 1 to {Paging.MaxLimit} rows.")
            : asked ?? Paging.DefaultLimit;

    /// <summary>One page in the order of <paramref name="key"/>, each row shown by <paramref name="view"/>.</summary>
    public static async Task<Page<TView>> ToPageAsync<TRow, TView>(
        this IQueryable<TRow> rows,
        Expression<Func<TRow, Guid>> key,
        Guid? after,
        int? limit,
        Func<TRow, TView> view,
        CancellationToken cancellation,
        bool newestFirst = false
    )
    {
        var take = Limit(limit);
        if (after is { } last)
        {
            var bound = QueryParameter.Of(last);
            var beyond = newestFirst ? Expression.LessThan(key.Body, bound) : Expression.GreaterThan(key.Body, bound);
            rows = rows.Where(Expression.Lambda<Func<TRow, bool>>(beyond, key.Parameters));
        }

        var ordered = newestFirst ? rows.OrderByDescending(key) : rows.OrderBy(key);
        var page = await ordered.Take(take + 1).ToListAsync(cancellation);
        var next = page.Count > take ? Format(key.Compile(preferInterpretation: true)(page[take - 1])) : null;
        return new Page<TView>([.. page.Take(take).Select(view)], next);
    }
}

/// <summary>A page was asked for that cannot be told. Answered with 400.</summary>
public sealed class PagingMistakeException(string field, string reason) : BadHttpRequestException(reason)
{
    public string Field { get; } = field;
}
