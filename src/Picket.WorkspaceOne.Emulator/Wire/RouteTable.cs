using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>Collects the routes of all slices and maps them under /API.</summary>
internal sealed class RouteTable
{
    /// <summary>The first part of every path of the API.</summary>
    public static readonly string[] Families = ["system", "mdm", "mam", "mcm", "mem"];

    private readonly List<ApiRoute> routes = [];

    public IReadOnlyList<ApiRoute> Routes => routes;

    public void Get(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Get, template, versions);

    public void Post(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Post, template, versions);

    public void Patch(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Patch, template, versions);

    public void Put(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Put, template, versions);

    public void Delete(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Delete, template, versions);

    /// <summary>
    /// The API has far more routes than these. Below its five families a caller hears so in the API's own error form;
    /// what the real server would say is not pretended.
    /// </summary>
    private static readonly ApiRoute NotEmulated = new(
        "ANY",
        "not emulated",
        new RouteNeed(null, Trust.Inferred),
        new SortedList<int, ApiHandler> { [1] = _ => Refusals.NotEmulated }
    );

    public void MapTo(IEndpointRouteBuilder app, ApiPipeline pipeline)
    {
        foreach (var route in routes)
        {
            app.MapMethods(
                "/api/" + route.Template,
                [route.Method],
                (RequestDelegate)(http => pipeline.RunAsync(http, route))
            );
        }

        foreach (var family in Families)
        {
            app.MapFallback(
                $"/api/{family}/{{**path}}",
                (RequestDelegate)(http => pipeline.RunAsync(http, NotEmulated))
            );
        }

        app.MapFallback("{**path}", (RequestDelegate)(http => pipeline.RunAsync(http, null)));
    }

    private void Add(string method, string template, (int Version, ApiHandler Handler)[] versions) =>
        routes.Add(
            new ApiRoute(
                method,
                template,
                RouteNeeds.Of(method, template),
                new SortedList<int, ApiHandler>(versions.ToDictionary(entry => entry.Version, entry => entry.Handler))
            )
        );
}
