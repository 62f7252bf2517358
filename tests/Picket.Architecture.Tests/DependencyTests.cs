using System.Xml.Linq;

namespace Picket.Architecture.Tests;

/// <summary>Dependencies run downwards only: Server → Core, WorkspaceOne, Api; Cli → Api; the others reference nothing of ours.</summary>
public sealed class DependencyTests
{
    public static TheoryData<string, string[]> Rooms =>
        new()
        {
            { "Picket.Core", [] },
            { "Picket.WorkspaceOne", [] },
            { "Picket.Api", [] },
            { "Picket.WorkspaceOne.Emulator", [] },
            { "Picket.Cli", ["Picket.Api"] },
            { "Picket.Server", ["Picket.Api", "Picket.Core", "Picket.WorkspaceOne"] },
        };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_references_only_what_the_map_allows(string room, string[] allowed)
    {
        var project = XDocument.Load(Repository.File("src", room, room + ".csproj"));
        var references = project
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .Order();

        Assert.Equal(allowed, references);
    }

    [Fact]
    public void The_house_has_the_six_projects_of_the_map()
    {
        var projects = Directory.GetDirectories(Repository.File("src")).Select(Path.GetFileName).Order();

        Assert.Equal(Rooms.Select(row => row.Data.Item1).Order(), projects);
    }

    [Fact]
    public void Core_knows_no_host_no_network_and_no_clock()
    {
        string[] banned =
        [
            "using System.Net.Http",
            "using Microsoft.",
            "TimeProvider",
            "HttpClient",
            "File.Open",
            "File.Read",
        ];

        var offences =
            from file in Repository.Sources("src/Picket.Core")
            from word in banned
            where File.ReadAllText(file).Contains(word, StringComparison.Ordinal)
            select $"{Repository.Relative(file)}: {word}";

        Assert.Empty(offences);
    }
}
