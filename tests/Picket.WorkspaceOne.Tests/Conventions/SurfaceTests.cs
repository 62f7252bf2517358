using System.Reflection;
using System.Text.RegularExpressions;
using Picket.WorkspaceOne.Connection;

namespace Picket.WorkspaceOne.Tests.Conventions;

/// <summary>What this client can do at all.</summary>
public sealed partial class SurfaceTests
{
    [Fact]
    public void Lists_every_route_it_holds()
    {
        var held = typeof(Routes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (Route)field.GetValue(null)!);

        Assert.Equal(
            held.Select(route => route.ToString()).Order(),
            Routes.All.Select(route => route.ToString()).Order()
        );
    }

    /// <summary>
    /// A route that is made anywhere else would escape every check of this class: only the list makes some, and the
    /// probe, which makes GETs.
    /// </summary>
    [Fact]
    public void Makes_routes_in_the_list_and_in_the_probe_only()
    {
        var sources = Directory.EnumerateFiles(Source(), "*.cs", SearchOption.AllDirectories);

        var makers = sources
            .Where(file =>
                !file.Contains(
                    $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
            .Where(file => MakesRoute().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Equal(["Probe.cs", "Routes.Apps.cs", "Routes.cs"], makers.Order(StringComparer.Ordinal));
        Assert.Single(MakesRoute().Matches(File.ReadAllText(Path.Combine(Source(), "Connection", "Probe.cs"))));
        Assert.Contains(
            "new Route(HttpMethod.Get, ",
            File.ReadAllText(Path.Combine(Source(), "Connection", "Probe.cs")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Reaches_no_route_that_deletes_devices_or_shows_keys()
    {
        Assert.DoesNotContain(
            Routes.All,
            route =>
                route.Template.Contains("devices/bulk", StringComparison.OrdinalIgnoreCase)
                && route.Method != HttpMethod.Get
        );
        Assert.DoesNotContain(
            Routes.All,
            route => route.Template.Contains("api-keys", StringComparison.OrdinalIgnoreCase)
        );
    }

    /// <summary>One route for one device each, and a method for each command that may be sent: no name can be passed in.</summary>
    [Fact]
    public void Sends_four_commands_to_one_device_each_and_no_other()
    {
        Assert.Equal(
            ["POST mdm/devices/{id}/commands"],
            Routes
                .All.Where(route => route.Template.Contains("commands", StringComparison.OrdinalIgnoreCase))
                .Select(route => $"{route}")
        );
        Assert.False(Routes.DeviceCommand.Repeatable);
        Assert.Equal(
            ["EnterpriseWipeAsync", "IsWipeLockedAsync", "LockAsync", "QueryAsync", "SyncAsync", "WipesAsync"],
            typeof(Operations.CommandOperations)
                .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(method => method.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Writes_what_it_is_known_to_write_and_nothing_else()
    {
        var writes = Routes
            .All.Where(route => route.Method != HttpMethod.Get)
            .Select(route => $"{route.Template} {route.Method}");

        Assert.Equal(
            [
                "mam/apps/appgroups DELETE",
                "mam/apps/appgroups POST",
                "mam/apps/appgroups/{appgroupid}/applications DELETE",
                "mam/apps/appgroups/{appgroupid}/applications POST",
                "mam/apps/internal/begininstall POST",
                "mam/apps/internal/uploadchunk POST",
                "mam/apps/internal/{applicationid} DELETE",
                "mam/apps/internal/{applicationid}/activate POST",
                "mam/apps/internal/{applicationid}/deactivate POST",
                "mam/apps/internal/{applicationid}/retire POST",
                "mam/apps/internal/{applicationid}/unretire POST",
                "mam/apps/public POST",
                "mam/apps/public/{applicationid} DELETE",
                "mam/apps/public/{applicationid}/activate POST",
                "mam/apps/public/{applicationid}/deactivate POST",
                "mam/apps/purchased/EnableDeviceAssignmentForVppApp/{appId} PUT",
                "mam/apps/purchased/{applicationid} PUT",
                "mam/apps/purchased/{applicationid}/assignment POST",
                "mam/apps/purchased/{applicationid}/smartgroups/{smartgroupid} DELETE",
                "mam/apps/{applicationUuid}/assignment-rules PUT",
                "mdm/devices/{id}/commands POST",
                "mdm/devices/{id}/messages/email POST",
                "mdm/devices/{id}/messages/push POST",
                "mdm/smartgroups POST",
                "mdm/smartgroups/{id} DELETE",
                "mdm/smartgroups/{id} PUT",
                "mdm/tags/addtag POST",
                "mdm/tags/{tagId}/update POST",
                "mdm/tags/{tagid}/adddevices POST",
                "mdm/tags/{tagid}/removedevices POST",
                "system/usergroups/createcustomusergroup POST",
                "system/usergroups/{usergroupid}/user/{enrollmentuserid}/addusertogroup POST",
                "system/usergroups/{usergroupid}/user/{enrollmentuserid}/removeuserfromgroup POST",
                "system/users/adduser POST",
                "system/users/{id}/registerdevice POST",
                "system/users/{id}/update POST",
            ],
            writes.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Offers_no_method_that_takes_a_route_except_the_probe_which_only_gets()
    {
        var offers =
            from type in typeof(WorkspaceOneClient).Assembly.GetExportedTypes()
            where type != typeof(Route) && type != typeof(Routes)
            from method in type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
            )
            from parameter in method.GetParameters()
            where parameter.ParameterType == typeof(Route) || parameter.ParameterType == typeof(HttpMethod)
            select $"{type.Name}.{method.Name}";

        Assert.Empty(offers);
    }

    private static string Source()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Picket.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(
            folder?.FullName ?? throw new DirectoryNotFoundException("Picket.slnx lies in no folder above."),
            "src",
            "Picket.WorkspaceOne"
        );
    }

    /// <summary>Also the target-typed form, and a copy with another template.</summary>
    [GeneratedRegex(@"new Route\(|Route \w+ = new\(|Template = ""|HttpMethod\.(Post|Put|Delete|Patch).*=> new\(")]
    private static partial Regex MakesRoute();
}
