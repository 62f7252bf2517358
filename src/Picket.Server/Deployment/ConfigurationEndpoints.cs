using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Picket.Api;
using Picket.Server.Access;
using Picket.Server.Integrations;
using Picket.Server.Storage;

namespace Picket.Server.Deployment;

internal static class ConfigurationEndpoints
{
    public static void MapConfigurations(this WebApplication app)
    {
        app.MapGet(Routes.DeploymentTemplate, TemplateAsync).RequireAuthorization(Policies.Operate);
        app.MapPost(Routes.DeploymentCheck, CheckAsync).RequireAuthorization(Policies.Operate);
    }

    private static async Task<Results<Ok<ConfigurationTemplateView>, NotFound, ValidationProblem>> TemplateAsync(
        Guid id,
        [AsParameters] ConfigurationTemplateFilter filter,
        HttpRequest request,
        PicketDbContext db,
        ConfigurationTemplates templates,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(db, id, cancellation) is not { } integration)
        {
            return TypedResults.NotFound();
        }

        var address = filter.Server ?? $"{request.Scheme}://{request.Host}{request.PathBase}";
        if (
            !Uri.TryCreate(address, UriKind.Absolute, out var server)
            || (server.Scheme != Uri.UriSchemeHttps && server.Scheme != Uri.UriSchemeHttp)
        )
        {
            return TypedResults.ValidationProblem(
                new Dictionary<string, string[]>
                {
                    ["server"] = ["This is no address. Give it as https://picket.example.com."],
                }
            );
        }

        return TypedResults.Ok(await templates.OfAsync(integration, filter, server, cancellation));
    }

    private static async Task<Results<Ok<ConfigurationCheck>, NotFound>> CheckAsync(
        Guid id,
        CheckConfiguration wish,
        PicketDbContext db,
        ConfigurationTemplates templates,
        CancellationToken cancellation
    ) =>
        await FindAsync(db, id, cancellation) is { } integration
            ? TypedResults.Ok(await templates.CheckAsync(integration, wish, cancellation))
            : TypedResults.NotFound();

    private static Task<IntegrationRow?> FindAsync(PicketDbContext db, Guid id, CancellationToken cancellation) =>
        db.Integrations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
}
