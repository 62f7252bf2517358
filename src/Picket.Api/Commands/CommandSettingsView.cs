namespace Picket.Api;

/// <summary>Which commands are switched on at an integration.</summary>
public sealed record CommandSettingsView
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Whether devices are commanded at all. Off until somebody switches it on.</summary>
    public required bool Commands { get; init; }

    /// <summary>Whether enterprise wipes can be asked for. Off until somebody switches it on.</summary>
    public required bool Wipes { get; init; }

    /// <summary>Whether users of devices can be sent messages about findings. Off until somebody switches it on.</summary>
    public required bool Messages { get; init; }

    /// <summary>Messages that may go out within an hour: 0 to 500.</summary>
    public required int MessagesPerHour { get; init; }

    /// <summary>Locks that may go out within an hour: 1 to 1000. The rest waits.</summary>
    public required int LocksPerHour { get; init; }

    /// <summary>Hours since a device reported after which it is neither locked nor wiped: 1 to 720.</summary>
    public required int FreshHours { get; init; }

    /// <summary>Minutes between the approval and the sending of a wipe: 0 to 1440.</summary>
    public required int WipeDelayMinutes { get; init; }

    /// <summary>Wipes that may go out within an hour: 0 to 50.</summary>
    public required int WipesPerHour { get; init; }

    /// <summary>Hours after which a request for a wipe expires: 1 to 168.</summary>
    public required int ApprovalHours { get; init; }

    /// <summary>The account that signs in for wipes; null for the integration's own.</summary>
    public string? WipeAccount { get; init; }

    /// <summary>Why the UEM refused that account; null while it did not. Wipes wait until another one is set.</summary>
    public string? WipeAccountRefused { get; init; }

    /// <summary>Why nothing is sent now, with the next step; null while it is.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Rights in the UEM that commands need.</summary>
    public required IReadOnlyList<string> Needs { get; init; }
}

/// <summary>Changes which commands are switched on. What is absent stays.</summary>
public sealed record SetCommands
{
    /// <inheritdoc cref="CommandSettingsView.Commands"/>
    public bool? Commands { get; set; }

    /// <inheritdoc cref="CommandSettingsView.Wipes"/>
    public bool? Wipes { get; set; }

    /// <inheritdoc cref="CommandSettingsView.Messages"/>
    public bool? Messages { get; set; }

    /// <inheritdoc cref="CommandSettingsView.MessagesPerHour"/>
    public int? MessagesPerHour { get; set; }

    /// <inheritdoc cref="CommandSettingsView.LocksPerHour"/>
    public int? LocksPerHour { get; set; }

    /// <inheritdoc cref="CommandSettingsView.FreshHours"/>
    public int? FreshHours { get; set; }

    /// <inheritdoc cref="CommandSettingsView.WipeDelayMinutes"/>
    public int? WipeDelayMinutes { get; set; }

    /// <inheritdoc cref="CommandSettingsView.WipesPerHour"/>
    public int? WipesPerHour { get; set; }

    /// <inheritdoc cref="CommandSettingsView.ApprovalHours"/>
    public int? ApprovalHours { get; set; }
}
