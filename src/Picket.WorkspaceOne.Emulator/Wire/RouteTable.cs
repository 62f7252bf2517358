using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>Collects the routes of all slices and maps them under /API.</summary>
internal sealed class RouteTable
{
    private readonly List<ApiRoute> routes = [];

    public void Get(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Get, template, versions);

    public void Post(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Post, template, versions);

    public void Put(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Put, template, versions);

    public void Delete(string template, params (int Version, ApiHandler Handler)[] versions) =>
        Add(HttpMethods.Delete, template, versions);

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
