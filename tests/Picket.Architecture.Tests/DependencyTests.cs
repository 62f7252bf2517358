using System.Reflection;
using System.Xml.Linq;
using NetArchTest.Rules;

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
            .. (string[])["System.Net.Http", "System.Net.Sockets", "System.Net.Dns", "System.IO.File"],
            .. (string[])["System.IO.Directory", "System.Diagnostics.Process", "System.Console"],
            .. (string[])["System.TimeProvider", "System.Threading.Timer", "System.Threading.Thread", "System.Random"],
            .. (string[])["Microsoft.Extensions", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Orleans"],
        ];

        var core = Types.InAssembly(Assembly.Load("Picket.Core"));
        var offences = core.That().HaveDependencyOnAny(banned).GetTypes().Select(type => type.FullName);

        Assert.Empty(offences);
    }
}
