using System.ComponentModel.DataAnnotations;

namespace Picket.Server.Access;

/// <summary>Section <c>Access</c>.</summary>
public sealed record AccessOptions
{
    public const string Section = "Access";

    /// <summary>Tries to sign in or to use a one-time link, a minute and address.</summary>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; init; } = 20;
}
