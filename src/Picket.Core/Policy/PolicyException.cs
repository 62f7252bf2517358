using System.Globalization;
using Picket.Core.Risk;

namespace Picket.Core.Policy;

public enum ExceptionTarget
{
    /// <summary>All findings of one kind.</summary>
    Finding,

    /// <summary>All findings about one app.</summary>
    App,

    /// <summary>All findings about apps whose id a pattern matches.</summary>
    AppPattern,
}

/// <summary>Takes the weight from findings, for some devices and some time. They stay visible.</summary>
/// <param name="Device">Picket's id, or the serial number, of the one device that it holds for.</param>
/// <param name="Ends">The last day (UTC) on which it holds.</param>
public sealed record PolicyException(
    string Name,
    ExceptionTarget Target,
    string Value,
    PolicyScope Scope,
    string? Device,
    string Owner,
    string Reason,
    DateOnly Ends
)
{
    private readonly PolicyApp? _app =
        Target is ExceptionTarget.Finding ? null : new PolicyApp(Value, Target is ExceptionTarget.AppPattern, []);

    public bool HoldsOn(DateOnly day) => day <= Ends;

    public bool IsFor(DeviceSubject subject) =>
        Device is null
        || string.Equals(Device, subject.DeviceId, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Device, subject.Place.SerialNumber, StringComparison.OrdinalIgnoreCase);

    /// <summary>An app of which only a hash is kept has no id here, unless its exact id matched.</summary>
    public bool Concerns(Finding finding) =>
        _app is null ? finding.Kind == Value : finding.Evidence.AppId is { } id && _app.Is(id);

    /// <summary>Whether it takes the weight from all findings of the kind.</summary>
    internal bool Concerns(FindingKind kind) => Target is ExceptionTarget.Finding && kind.Id == Value;

    public string EndsText => Ends.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For which devices, as the document says it.</summary>
    public string Where
    {
        get
        {
            var parts = new List<string>();
            if (Device is { } device)
            {
                parts.Add($"device {device}");
            }

            if (!Scope.Group.IsAll)
            {
                parts.Add($"group {Scope.Group}");
            }

            if (!Scope.When.IsEmpty)
            {
                parts.Add($"{Scope.When}");
            }

            return parts.Count == 0 ? "everywhere" : string.Join(", ", parts);
        }
    }

    public string What =>
        Target switch
        {
            ExceptionTarget.Finding => FindingKinds.TitleOf(Value),
            ExceptionTarget.AppPattern => $"apps like {Value}",
            _ => $"the app {Value}",
        };
}
