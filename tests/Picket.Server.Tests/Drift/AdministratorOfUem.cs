using System.Globalization;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Picket.WorkspaceOne.Emulator;

namespace Picket.Server.Tests.Drift;

/// <summary>Somebody who works in the UEM by its own API, word for word.</summary>
internal sealed class AdministratorOfUem(EmulatorHost uem) : IDisposable
{
    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { uem.CaCertificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        }
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <returns>The smart group's number.</returns>
    public async Task<int> MakeGroupAsync(string name, params int[] tags)
    {
        var body = new JsonObject
        {
            ["Name"] = name,
            ["ManagedByOrganizationGroupId"] = $"{uem.OrganizationGroup.Id}",
            ["CriteriaType"] = "All",
            ["Platforms"] = new JsonArray("Android", "Apple"),
            ["OEMAndModels"] = new JsonArray(JsonNode.Parse("""{"OEM":{"Id":"7","Name":"Ä"},"Models":[]}""")),
            ["Tags"] = Tags(tags),
        };
        var made = await SendAsync(HttpMethod.Post, "mdm/smartgroups", body);
        return made!["Value"]!.GetValue<int>();
    }

    public async Task<JsonObject> ReadGroupAsync(int id) =>
        (await SendAsync(HttpMethod.Get, $"mdm/smartgroups/{id}"))!.AsObject();

    public async Task<List<int>> TagsOfAsync(int id) =>
        [
            .. (await ReadGroupAsync(id))["Tags"]!
                .AsArray()
                .Select(tag => int.Parse((string)tag!["Id"]!, CultureInfo.InvariantCulture)),
        ];

    public async Task ChooseTagsAsync(int id, params int[] tags)
    {
        var group = await ReadGroupAsync(id);
        group["Tags"] = Tags(tags);
        await SendAsync(HttpMethod.Put, $"mdm/smartgroups/{id}", group);
    }

    public Task DeleteGroupAsync(int id) => SendAsync(HttpMethod.Delete, $"mdm/smartgroups/{id}");

    /// <summary>Lets some licences of an app go to a smart group.</summary>
    /// <returns>The app's number.</returns>
    public async Task<int> AssignAppAsync(int group)
    {
        var apps = (await SendAsync(HttpMethod.Get, "mam/apps/purchased/search"))!["Application"]!.AsArray();
        var app = apps[0]!["Id"]!["Value"]!.GetValue<int>();
        var body = new JsonObject
        {
            ["Assignments"] = new JsonArray(new JsonObject { ["SmartGroupId"] = group, ["Allocated"] = 5 }),
        };
        await SendAsync(HttpMethod.Post, $"mam/apps/purchased/{app}/assignment", body);
        return app;
    }

    public Task TakeBackAppAsync(int app, int group) =>
        SendAsync(HttpMethod.Delete, $"mam/apps/purchased/{app}/smartgroups/{group}");

    public void Dispose() => http.Dispose();

    private JsonArray Tags(int[] tags) =>
        [.. tags.Select(id => new JsonObject { ["Id"] = $"{id}", ["Name"] = uem.Tags.ById(id)?.Name ?? "gone" })];

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        var credentials = uem.Credentials;
        using var request = new HttpRequestMessage(method, $"{uem.Address}/{path}");
        request.Headers.TryAddWithoutValidation("Accept", "application/json;version=1");
        request.Headers.Add("aw-tenant-code", credentials.ApiKey);
        var basic = Encoding.UTF8.GetBytes($"{credentials.Account}:{credentials.Password}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(basic));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
