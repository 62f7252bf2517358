using System.Globalization;

namespace Picket.Core.Policy;

/// <summary>
/// How many of the devices for which a policy decides this may change their tags before a person is asked. It holds beside
/// the limits of the integration: whichever is reached first.
/// </summary>
/// <param name="Percent">Of its devices within an hour, 0 to 100; null for no such limit.</param>
/// <param name="PerHour">Devices within an hour; null for no such limit.</param>
/// <param name="PerRun">Devices of one run; null for no such limit.</param>
public sealed record PolicyBrake(double? Percent, int? PerHour, int? PerRun)
{
    /// <summary>As the document writes them; null for a limit that there is not.</summary>
    internal IEnumerable<(string Name, string? Value)> Fields() =>
        [
            ("percent", Percent?.ToString("0.####", CultureInfo.InvariantCulture)),
            ("perHour", PerHour?.ToString(CultureInfo.InvariantCulture)),
            ("perRun", PerRun?.ToString(CultureInfo.InvariantCulture)),
        ];

    public override string ToString() =>
        string.Join(
            ", ",
            Fields().Where(field => field.Value is not null).Select(field => $"{field.Name} {field.Value}")
        );
}
