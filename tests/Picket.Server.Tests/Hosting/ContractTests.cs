using System.Reflection;
using System.Text.Json;
using Picket.Api;
using Picket.Server.Tests.Inventory;

namespace Picket.Server.Tests.Hosting;

/// <summary>The OpenAPI document says what the server does, and says it with the contract's own words.</summary>
public sealed class ContractTests(PicketOnSqlite running) : IClassFixture<PicketOnSqlite>
{
    private readonly PicketApplication picket = running.Application;

    private static readonly string[] Unlisted = [Routes.Prefix, Routes.Live, Routes.Ready];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_every_address_of_the_contract_and_no_other()
    {
        var document = await DocumentAsync();
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order();

        var addresses = typeof(Routes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(address => address.StartsWith(Routes.Prefix, StringComparison.Ordinal))
            .Except(Unlisted)
            .Distinct()
            .Order();
        Assert.Equal(addresses, paths);
    }

    [Fact]
    public async Task Describes_each_operation_and_says_how_to_sign_in()
    {
        var document = await DocumentAsync();

        var scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token");
        Assert.Equal("bearer", scheme.GetProperty("scheme").GetString());
        Assert.Equal(1, document.GetProperty("security").GetArrayLength());
        var operations = Operations(document).ToList();
        Assert.All(operations, operation => Assert.True(Has(operation.Body, "description"), operation.Name));
        Assert.All(
            operations,
            operation => Assert.True(Has(operation.Body.GetProperty("responses"), "401"), operation.Name)
        );
        var names = operations.Select(operation => operation.Body.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task Promises_numbers_as_numbers_and_query_names_in_one_case()
    {
        var text = (await DocumentAsync()).GetRawText();
        var document = await DocumentAsync();

        Assert.DoesNotContain(
            "\"integer\",\"string\"",
            text.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("")
        );
        var queries =
            from operation in Operations(document)
            where operation.Body.TryGetProperty("parameters", out _)
            from parameter in operation.Body.GetProperty("parameters").EnumerateArray()
            where parameter.GetProperty("in").GetString() == "query"
            select parameter.GetProperty("name").GetString()!;
        Assert.All(queries, name => Assert.True(char.IsLower(name[0]), name));
    }

    [Fact]
    public async Task Tells_that_a_change_of_settings_needs_the_version_that_was_read()
    {
        var document = await DocumentAsync();
        var integration = document.GetProperty("paths").GetProperty(Routes.Integration);

        var condition = integration
            .GetProperty("patch")
            .GetProperty("parameters")
            .EnumerateArray()
            .Single(parameter => parameter.GetProperty("in").GetString() == "header");
        Assert.Equal("If-Match", condition.GetProperty("name").GetString());
        Assert.True(condition.GetProperty("required").GetBoolean());
        Assert.True(Has(integration.GetProperty("get").GetProperty("responses").GetProperty("200"), "headers"));
    }

    private async Task<JsonElement> DocumentAsync()
    {
        var text = await picket.NewHttp().GetStringAsync("/openapi/v1.json", Cancel);
        return JsonDocument.Parse(text).RootElement;
    }

    private static IEnumerable<(string Name, JsonElement Body)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select ($"{method.Name} {path.Name}", method.Value);

    private static bool Has(JsonElement element, string name) => element.TryGetProperty(name, out _);
}
