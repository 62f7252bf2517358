using System.Text.Json;

namespace Picket.WorkspaceOne.Tests.Wire;

/// <summary>A smart group is written as it was read, or not at all.</summary>
public sealed class SmartGroupDocumentTests
{
    [Fact]
    public void Tells_what_a_writing_would_lose_and_what_differs_from_another_reading()
    {
        var read = Read(
            """{"SmartGroupID":"7","Devices":3,"Tags":[{"Id":"4"},5],"Models":["X"],"New":[],"Newer":["a"]}"""
        );
        var later = Read("""{"SmartGroupID":7,"Devices":9,"Tags":[],"Models":["Y"],"New":[],"Newer":["a"]}""");

        Assert.Equal(7, read.Id);
        Assert.Equal([4, 5], read.Tags!);
        Assert.Equal(["Newer"], read.Unknown);
        Assert.Equal(["Models"], read.Differences(later));
        Assert.Null(Read("""{"SmartGroupID":7}""").Tags);
        Assert.Throws<ArgumentException>(() => Read("""{"Value":7}"""));
    }

    private static UemSmartGroupDocument Read(string json) => new(JsonSerializer.Deserialize<JsonElement>(json));
}
