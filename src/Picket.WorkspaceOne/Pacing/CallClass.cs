namespace Picket.WorkspaceOne.Pacing;

/// <summary>Who waits for a call.</summary>
public enum CallClass
{
    /// <summary>Scheduled work. Leaves the interactive reserve of the share untouched.</summary>
    Background,

    /// <summary>A person waits. May spend the share to its end.</summary>
    Interactive,
}
