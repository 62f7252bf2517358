using System.Reflection;
using Picket.WorkspaceOne.Connection;

namespace Picket.WorkspaceOne.Tests.Conventions;

/// <summary>What this client can do at all.</summary>
public sealed class SurfaceTests
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
        Assert.DoesNotContain(
            Routes.All,
            route => route.Template.Contains("commands", StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public void Writes_nothing_but_tags()
    {
        var writes = Routes.All.Where(route => route.Method != HttpMethod.Get).Select(route => route.Template);

        Assert.Equal(
            ["mdm/tags/addtag", "mdm/tags/{tagid}/adddevices", "mdm/tags/{tagid}/removedevices"],
            writes.Order()
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
}
