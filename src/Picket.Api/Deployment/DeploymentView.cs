namespace Picket.Api;

/// <summary>Whether Picket publishes apps through the UEM of an integration.</summary>
public sealed record DeploymentView
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; init; }

    /// <summary>Somebody switched it on. Off until then; drafts can be made and previewed nevertheless.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why nothing can be written at this moment, with the next step; null when it can.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The rows of the role editor that it needs, in the UEM console's words.</summary>
    public IReadOnlyList<string> Needs { get; set; } = [];
}

/// <summary>Switches the publishing of apps on or off.</summary>
/// <param name="Enabled">On asks the UEM first whether the account may read what it needs to; 422 when it may not.</param>
public sealed record SetDeployment(bool Enabled);
