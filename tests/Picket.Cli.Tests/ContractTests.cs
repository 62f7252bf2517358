using System.Text.Json;
using System.Text.Json.Nodes;
using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>The contract and its JSON agree.</summary>
public sealed class ContractTests
{
    public static TheoryData<Type> Records =>
        [
            .. typeof(Routes)
                .Assembly.GetExportedTypes()
                .Where(type => type.GetMethod("<Clone>$") is not null)
                .Where(type => !type.IsAbstract && !type.IsGenericTypeDefinition)
                // Filters travel as query, not as JSON.
                .Where(type => !type.Name.EndsWith("Filter", StringComparison.Ordinal)),
        ];

    public static TheoryData<Type> Enumerations =>
        [.. typeof(Routes).Assembly.GetExportedTypes().Where(type => type.IsEnum)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_record_round_trips_with_every_property(Type type)
    {
        Assert.NotNull(PicketApiJson.Default.GetTypeInfo(type));
        var record = Fabricate.Value(type);

        var json = JsonSerializer.Serialize(record, type, PicketApiJson.Default);
        var again = JsonSerializer.Deserialize(json, type, PicketApiJson.Default);

        Assert.Equal(json, JsonSerializer.Serialize(again, type, PicketApiJson.Default));
        var names = JsonNode.Parse(json)!.AsObject().Select(pair => pair.Key);
        Assert.Equal(
            type.GetProperties().Select(each => JsonNamingPolicy.CamelCase.ConvertName(each.Name)).Order(),
            names.Order()
        );
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void A_list_that_is_missing_in_the_json_is_empty_and_not_null(Type type)
    {
        var empty = type.GetConstructor(Type.EmptyTypes);
        if (empty is null)
            return;
        var fresh = empty.Invoke([]);
        var json = JsonNode
            .Parse(JsonSerializer.Serialize(Fabricate.Value(type), type, PicketApiJson.Default))!
            .AsObject();
        var withDefault = type.GetProperties().Where(property => HasDefault(property.GetValue(fresh))).ToList();
        foreach (var property in withDefault)
            json.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        var read = json.Deserialize(type, PicketApiJson.Default);

        Assert.All(withDefault, property => Assert.Equal(property.GetValue(fresh), property.GetValue(read)));
    }

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void Every_enumeration_travels_as_text(Type type)
    {
        // Also under options of a host: the converter is on the type.
        var json = JsonSerializer.Serialize(Enum.GetValues(type).GetValue(0), type);

        Assert.StartsWith("\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_in_the_text_of_a_record()
    {
        object[] holders =
        [
            new BasicCredential("account", "s3cret", "s3cret"),
            new OAuthCredential("https://token", "id", "s3cret", "s3cret"),
            new ProxySettings("http://proxy", "user", "s3cret"),
            new AdministratorProof("ada", "s3cret", "s3cret"),
            new RotateCredential(new BasicCredential("account", "s3cret", "s3cret")),
            new CreatedToken(Fabricate.A<TokenView>(), "s3cret"),
            new NoticeChannelSaved(Fabricate.A<NoticeChannelView>(), "s3cret"),
            new NoticeChannelDraft { Name = "ops", Password = "s3cret" },
        ];

        Assert.All(holders, holder => Assert.DoesNotContain("s3cret", holder.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_route_is_filled_from_left_to_right_and_escaped()
    {
        Assert.Equal("/api/v1/apps/a%2Fb%20c/devices", Routes.Fill(Routes.AppDevices, "a/b c"));
        Assert.Throws<ArgumentException>(() => Routes.Fill(Routes.TaggingAccept, Guid.Empty));
        Assert.Throws<ArgumentException>(() => Routes.Fill(Routes.Feeds, Guid.Empty));
    }

    private static bool HasDefault(object? value) =>
        value is not null
        && !value.Equals(value.GetType().IsValueType ? Activator.CreateInstance(value.GetType()) : null);
}
