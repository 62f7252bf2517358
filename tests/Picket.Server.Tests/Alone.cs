namespace Picket.Server.Tests;

/// <summary>What measures the whole process, and so runs after all else has ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
