using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Picket.Api;
using Picket.Server.Hosting;
using Picket.WorkspaceOne;

namespace Picket.Server.Deployment;

/// <summary>Where an app stands in the order of names: a page goes on behind it, whatever came or went meanwhile.</summary>
internal sealed record CatalogueCursor(string Name, PublishedAppKind Kind, int Id) : IComparable<CatalogueCursor>
{
    public static CatalogueCursor Of(CatalogueApp app) =>
        new((app.Name ?? app.BundleId ?? "").ToUpperInvariant(), Enum.Parse<PublishedAppKind>(app.AppType!), app.Id);

    /// <exception cref="PagingMistakeException">It is none of ours.</exception>
    public static CatalogueCursor? Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ', 3);
            return new CatalogueCursor(
                parts[2],
                Enum.Parse<PublishedAppKind>(parts[0]),
                int.Parse(parts[1], CultureInfo.InvariantCulture)
            );
        }
        catch (Exception mistake)
            when (mistake is FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new PagingMistakeException(
                "cursor",
                "This cursor is not one of Picket's. Take it from `next` of the page before."
            );
        }
    }

    public int CompareTo(CatalogueCursor? other)
    {
        if (other is null)
        {
            return 1;
        }

        var names = string.CompareOrdinal(Name, other.Name);
        return names != 0 ? names
            : Kind != other.Kind ? Kind.CompareTo(other.Kind)
            : Id.CompareTo(other.Id);
    }

    public override string ToString() =>
        Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Kind} {Id} {Name}"))
        );
}
