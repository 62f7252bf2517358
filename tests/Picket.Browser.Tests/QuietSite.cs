namespace Picket.Browser.Tests;

/// <summary>The site of all tests that leave it as they found it. Those that do not bring their own.</summary>
[CollectionDefinition(Name)]
public sealed class QuietSite : ICollectionFixture<Site>
{
    public const string Name = "Quiet site";
}
