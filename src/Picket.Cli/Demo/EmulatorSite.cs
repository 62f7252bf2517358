using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Cli.Demo;

/// <summary>The emulator's first line: where it listens and how to sign in.</summary>
internal sealed record EmulatorSite(
    string Address,
    string? CaFile,
    int OrganizationGroup,
    string ApiKey,
    string Account,
    string Password,
    string TokenAddress,
    string ClientId,
    string ClientSecret,
    string? ControlAddress,
    string? ControlToken,
    string ConsoleAddress,
    string ConsoleAccount,
    string ConsolePassword
)
{
    /// <summary>The role of <see cref="Account"/>, as the emulator seeds it.</summary>
    public const string Role = "Picket with tags";

    /// <summary>The row of the role editor that the seeded role has for reading alone.</summary>
    public const string AddDevice = "Accounts > Users > Accounts > Add Device";

    public override string ToString() => $"{nameof(EmulatorSite)} {{ {Address} }}";

    /// <summary>Devices by tag name, read from the UEM's own API: the other side of the ledger.</summary>
    public async Task<IReadOnlyDictionary<string, HashSet<long>>> TagsAsync(
        IReadOnlySet<string> names,
        long organizationGroup,
        CancellationToken cancellation
    )
    {
        using var http = Open();
        using var listing = await GetAsync(
            http,
            $"mdm/tags/search?organizationgroupid={organizationGroup}&pagesize=500",
            cancellation
        );
        var found = new Dictionary<string, HashSet<long>>();
        if (listing is null || !listing.RootElement.TryGetProperty("Tags", out var tags))
        {
            return found;
        }

        foreach (var tag in tags.EnumerateArray())
        {
            var name = tag.GetProperty("TagName").GetString()!;
            if (names.Contains(name))
            {
                found[name] = await DevicesAsync(
                    http,
                    tag.GetProperty("Id").GetProperty("Value").GetInt64(),
                    cancellation
                );
            }
        }

        return found;
    }

    /// <summary>What the UEM lists of them, read from its own API.</summary>
    public async Task<RegisteredCounts> RegisteredAsync(
        DemoPeople people,
        long organizationGroup,
        CancellationToken cancellation
    )
    {
        using var http = Open();
        var users = 0;
        foreach (var name in people.UserNames)
        {
            using var found = await GetAsync(http, $"system/users/search?username={name}", cancellation);
            users += Rows(found, "Users").Count(row => people.UserNames.Contains(Text(row, "UserName")));
        }

        using var announced = await GetAsync(
            http,
            $"system/users/registereddevices/search?organizationgroupid={organizationGroup}",
            cancellation
        );
        var devices = Rows(announced, "RegisteredDeviceInfoList")
            .Count(row => people.Serials.Contains(Text(row, "SerialNumber")));
        return new RegisteredCounts(users, devices, await MembersAsync(http, people, organizationGroup, cancellation));
    }

    /// <summary>What the UEM's administrator clicks after the doctor said so: the role may announce devices.</summary>
    public Task GrantAsync(CancellationToken cancellation) =>
        ControlAsync(
            HttpMethod.Put,
            $"roles/{Uri.EscapeDataString(Role)}",
            $$"""{"grant": [{"row": "{{AddDevice}}", "mode": "Edit"}]}""",
            cancellation
        );

    /// <summary>An administrator account of the UEM for somebody of the demo.</summary>
    public Task AddAdministratorAsync(string name, string password, CancellationToken cancellation) =>
        ControlAsync(
            HttpMethod.Put,
            $"accounts/{Uri.EscapeDataString(name)}",
            $$"""{"password": "{{password}}", "role": "Console Administrator"}""",
            cancellation
        );

    /// <summary>Lets an app fail on one device.</summary>
    public Task FailInstallAsync(string bundleId, long device, string reason, CancellationToken cancellation) =>
        ControlAsync(
            HttpMethod.Put,
            "app-failures",
            $$"""{"bundleId": "{{bundleId}}", "devices": [{{device}}], "reason": "{{reason}}"}""",
            cancellation
        );

    /// <summary>A device reports now, one that was silent too, and takes what waits for it.</summary>
    public Task ReportAsync(long device, CancellationToken cancellation) =>
        ControlAsync(HttpMethod.Post, "happen", $$"""{"device": {{device}}, "what": "reports again"}""", cancellation);

    /// <summary>A device that reports anyway does so now, and takes what waits for it.</summary>
    public Task CheckInAsync(long device, CancellationToken cancellation) =>
        ControlAsync(HttpMethod.Post, "happen", $$"""{"device": {{device}}, "what": "checks in"}""", cancellation);

    /// <summary>On how many devices an app is and is to be, read from the UEM's own API.</summary>
    public async Task<AppCounts> AppAsync(Guid app, Guid? organizationGroup, CancellationToken cancellation)
    {
        using var http = Open();
        var (assigned, installed, page) = (0, 0, 0);
        while (true)
        {
            using var answer = await GetAsync(
                http,
                $"mam/apps/{app}/devices?organizationgroupuuid={organizationGroup}&page={page++}&pagesize=500",
                cancellation
            );
            var rows = Rows(answer, "devices");
            if (rows.Count == 0)
            {
                return new AppCounts(assigned, installed);
            }

            assigned += rows.Count(row => Text(row, "assignment_status") == "Assigned");
            installed += rows.Count(row => Text(row, "installed_status") == "Installed");
        }
    }

    private async Task ControlAsync(HttpMethod method, string path, string json, CancellationToken cancellation)
    {
        using var http = Trusting();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ControlToken);
        using var request = new HttpRequestMessage(method, new Uri($"{ControlAddress}/{path}"))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        using var answer = await http.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<int> MembersAsync(
        HttpClient http,
        DemoPeople people,
        long organizationGroup,
        CancellationToken cancellation
    )
    {
        using var groups = await GetAsync(
            http,
            $"system/usergroups/custom/search?organizationgroupid={organizationGroup}&pagesize=500",
            cancellation
        );
        var members = 0;
        foreach (var group in Rows(groups, "UserGroup").Where(row => Text(row, "UserGroupName") == DemoPeople.Group))
        {
            using var users = await GetAsync(
                http,
                $"system/usergroups/{Id(group.GetProperty("UserGroupId"))}/users?pagesize=500",
                cancellation
            );
            members += Rows(users, "EnrollmentUser").Count(row => people.UserNames.Contains(Text(row, "UserName")));
        }

        return members;
    }

    private static List<JsonElement> Rows(JsonDocument? answer, string list) =>
        answer is not null && answer.RootElement.TryGetProperty(list, out var rows) ? [.. rows.EnumerateArray()] : [];

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private static async Task<HashSet<long>> DevicesAsync(HttpClient http, long tag, CancellationToken cancellation)
    {
        using var answer = await GetAsync(http, $"mdm/tags/{tag}/devices", cancellation);
        return answer is not null && answer.RootElement.TryGetProperty("Device", out var devices)
            ? [.. devices.EnumerateArray().Select(device => Id(device.GetProperty("DeviceId")))]
            : [];
    }

    // The UEM writes ids as numbers or as text.
    private static long Id(JsonElement id) =>
        id.ValueKind == JsonValueKind.String
            ? long.Parse(id.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : id.GetInt64();

    private static async Task<JsonDocument?> GetAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(path, cancellation);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return body.Length == 0 ? null : JsonDocument.Parse(body);
    }

    private HttpClient Open()
    {
        var http = Trusting();
        http.BaseAddress = new Uri(Address.TrimEnd('/') + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Password}"))
        );
        http.DefaultRequestHeaders.Add("aw-tenant-code", ApiKey);
        http.DefaultRequestHeaders.Add("Accept", "application/json;version=1");
        return http;
    }

    private HttpClient Trusting()
    {
        var handler = new SocketsHttpHandler();
        if (CaFile is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(CaFile) },
                RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return new HttpClient(handler);
    }
}

/// <summary>How many of the demo's newcomers the UEM lists.</summary>
internal sealed record RegisteredCounts(int Users, int Devices, int Members);

/// <summary>Devices that an app is to be on, and those that have it.</summary>
internal sealed record AppCounts(int Assigned, int Installed);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EmulatorSite))]
[JsonSerializable(typeof(DemoFigures))]
internal sealed partial class DemoJson : JsonSerializerContext;
