using System.Globalization;

namespace Picket.WorkspaceOne.Emulator.Console.Widgets;

/// <summary>Pages of a listing, and the forms in which the console shows values.</summary>
internal static class Listing
{
    public const int PageSize = 50;

    /// <summary>Zero-based; what is no number is the first page.</summary>
    public static int PageOf(int? page) => Math.Clamp(page ?? 0, 0, 1_000_000);

    public static IEnumerable<T> Slice<T>(IEnumerable<T> all, int page) => all.Skip(page * PageSize).Take(PageSize);

    public static string Date(DateTime? at) =>
        at is { Year: > 1 } date ? date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "Never";

    public static string Date(DateTimeOffset? at) => Date(at?.UtcDateTime);

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
