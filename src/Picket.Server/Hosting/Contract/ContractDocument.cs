using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Picket.Api;

namespace Picket.Server.Hosting.Contract;

/// <summary>The REST contract as an OpenAPI document, at <c>/openapi/v1.json</c>.</summary>
internal static class ContractDocument
{
    private const string TokenScheme = "token";
    private const string ProblemKind = "application/problem+json";

    public static void AddContractDocument(this IServiceCollection services)
    {
        services.AddSingleton<ContractWords>();
        services.AddOpenApi(
            "v1",
            options =>
            {
                // The console's own forms are no part of the contract.
                options.ShouldInclude = address =>
                    $"/{address.RelativePath}".StartsWith(Routes.Prefix, StringComparison.Ordinal);
                options.AddDocumentTransformer(DescribeAsync);
                options.AddOperationTransformer(DescribeAsync);
                options.AddSchemaTransformer(DescribeAsync);
            }
        );
    }

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellation
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Picket",
            Version = "v1",
            Description =
                "Mobile security through Workspace ONE UEM. JSON in camelCase, enumerations as text, times ISO 8601 in "
                + "UTC. Refusals are problem details (RFC 9457) with `next`: what the caller can do.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [TokenScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token of Picket, `pk_…`: a person's or a service's. Signing in by the API gives one.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenScheme, document)] = [] },
        ];
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var (method, path) = (context.Description.HttpMethod ?? "GET", $"/{context.Description.RelativePath}");
        var words = context.ApplicationServices.GetRequiredService<ContractWords>().Operation(method, path);
        operation.OperationId = OperationId(method, path);
        operation.Summary = words is null ? null : words.Split(['.', ';'], 2)[0];
        operation.Description = words;
        operation.Tags?.Clear();
        NameParameters(operation);
        if (path == Routes.Integration)
        {
            DescribeConditions(operation, method);
        }

        await AddProblemsAsync(operation, context, cancellation);
    }

    /// <summary>Query names are read in any case; the document has one.</summary>
    private static void NameParameters(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter is { In: ParameterLocation.Query, Name: { } name })
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(name);
            }
        }
    }

    private static void DescribeConditions(OpenApiOperation operation, string method)
    {
        if (method == HttpMethods.Patch)
        {
            (operation.Parameters ??= []).Add(
                new OpenApiParameter
                {
                    Name = "If-Match",
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = "The ETag of the integration as it was read: 412 where it changed meanwhile.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        }

        if (method == HttpMethods.Get && operation.Responses?.GetValueOrDefault("200") is OpenApiResponse answer)
        {
            answer.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["ETag"] = new OpenApiHeader
                {
                    Description = "Version of the settings, for If-Match.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            };
        }
    }

    private static async Task AddProblemsAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation);
        context.Document?.AddComponent(nameof(Problem), problem);
        var schema = new OpenApiSchemaReference(nameof(Problem), context.Document);
        Add("401", "No valid token came with the request.");
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
        {
            Add("403", "The caller's role or the token's scope does not reach that far.");
        }

        Add("default", "A refusal or failure: what happened, to what, and what to do next.");

        void Add(string status, string description)
        {
            operation.Responses ??= [];
            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemKind] = new OpenApiMediaType { Schema = schema },
                },
            };
        }
    }

    private static Task DescribeAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellation
    )
    {
        // The reader also takes numbers in quotes; what is promised is a number.
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type & Numbers) != 0)
        {
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        }

        var words = context.ApplicationServices.GetRequiredService<ContractWords>();
        schema.Description = context.JsonPropertyInfo is { } property
            ? words.Property(property.DeclaringType, PropertyName(property.Name)) ?? schema.Description
            : words.Type(context.JsonTypeInfo.Type) ?? schema.Description;
        return Task.CompletedTask;
    }

    private const JsonSchemaType Numbers = JsonSchemaType.Integer | JsonSchemaType.Number;

    private static string PropertyName(string json) => char.ToUpperInvariant(json[0]) + json[1..];

    /// <summary>A name for generated clients: <c>getIntegrationsById</c>.</summary>
    private static string OperationId(string method, string path)
    {
        var parts = path[Routes.Prefix.Length..]
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.StartsWith('{') ? $"By{PropertyName(part.Trim('{', '}'))}" : Pascal(part));
        return method.ToLowerInvariant() + string.Concat(parts);
    }

    private static string Pascal(string part) => string.Concat(part.Split('-').Select(PropertyName));
}
