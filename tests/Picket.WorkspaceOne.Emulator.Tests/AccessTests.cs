using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.WorkspaceOne.Emulator.Tests;

/// <summary>The settings, accounts and roles that console and API share. Each change acts on the next call.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task The_console_administrator_has_a_role_at_the_very_group_that_is_prepared()
    {
        await using var host = await EmulatorHost.StartAsync(
            new EmulatorOptions
            {
                Http = true,
                Devices = 10,
                OrganizationGroup = "nw-europe",
            },
            ct: TestContext.Current.CancellationToken
        );

        Assert.Contains(
            host.Access.Account(host.Credentials.ConsoleAccount).State.Assignments,
            role =>
                role is { Active: true, Role.Name: "Console Administrator" }
                && role.Group == host.OrganizationGroup.Index
        );
    }

    private const string Route = "mdm/devices/search";

    [Fact]
    public async Task An_unprepared_server_knows_neither_key_nor_account()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 10, Unprepared = true });
        Assert.Equal(1013, await CodeAsync(visitor));
        Assert.False(visitor.Host.Access.ApiEnabled);
        Assert.False(visitor.Host.Access.Accounts.ContainsKey(visitor.Host.Credentials.Account));
    }

    [Fact]
    public async Task Enabling_makes_a_key_of_each_account_type()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 10, Unprepared = true });
        var customer = visitor.Host.Groups.Customer.Index;
        visitor.Host.Access.RestApi.SetGeneral(customer, had => had with { Override = true, Enabled = true });
        var keys = visitor.Host.Access.RestApi.OwnGeneral(customer).Keys;
        Assert.Equal([ApiKeyKind.Admin, ApiKeyKind.EnrollmentUser], keys.Select(key => key.Kind));
        visitor.Host.Access.RestApi.SetGeneral(customer, had => had with { Enabled = false });
        visitor.Host.Access.RestApi.SetGeneral(customer, had => had with { Enabled = true });
        Assert.Equal(keys, visitor.Host.Access.RestApi.OwnGeneral(customer).Keys);
    }

    [Fact]
    public async Task A_group_inherits_until_it_overrides()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 10, OrganizationGroup = "nw-europe" });
        var access = visitor.Host.Access;
        var europe = visitor.Host.OrganizationGroup.Index;
        Assert.Equal(200, (int)(await visitor.GetAsync(Route)).StatusCode);

        access.ApiEnabled = false;
        Assert.Equal(1014, await CodeAsync(visitor));
        access.RestApi.SetGeneral(europe, had => had with { Override = true, Enabled = true });
        Assert.Equal(1014, await CodeAsync(visitor));
        Assert.Equal(200, await StatusAsync(visitor, access.RestApi.OwnGeneral(europe).Keys[0].Value));

        access.BasicEnabled = false;
        Assert.Equal(401, await StatusAsync(visitor, access.RestApi.OwnGeneral(europe).Keys[0].Value));
        access.RestApi.SetAuthentication(europe, had => had with { Override = true, Basic = true });
        Assert.Equal(200, await StatusAsync(visitor, access.RestApi.OwnGeneral(europe).Keys[0].Value));

        access.RestApi.SetGeneral(europe, had => had with { Override = false });
        Assert.Equal(403, await StatusAsync(visitor, access.RestApi.OwnGeneral(europe).Keys[0].Value));
    }

    [Fact]
    public async Task A_key_opens_groups_above_and_below_its_own_and_none_beside()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 10, OrganizationGroup = "nw-europe" });
        var access = visitor.Host.Access;
        var africa = visitor.Host.Groups.Find("nw-africa")!.Index;
        access.RestApi.SetGeneral(africa, had => had with { Override = true, Enabled = true });
        var key = access.RestApi.OwnGeneral(africa).Keys[0].Value;
        using var request = Keyed(visitor, key);
        using var refused = await visitor.SendAsync(request);
        Assert.Equal(1030, (await Visitor.BodyAsync(refused)).GetProperty("errorCode").GetInt32());

        access.Account(visitor.Host.Credentials.Account).Group = visitor.Host.Groups.Customer.Index;
        Assert.Equal(200, await StatusAsync(visitor, key));
    }

    [Fact]
    public async Task Directory_accounts_pass_where_Directory_is_enabled_and_nowhere_else()
    {
        await using var visitor = await Visitor.ComeAsync();
        var customer = visitor.Host.Groups.Customer.Index;
        var access = visitor.Host.Access;
        var role = access.Role(SeededRoles.WithTags);
        access.TryAddAccount(
            @"corp\jane",
            AccountKind.Directory,
            new()
            {
                Password = "of the directory",
                Group = customer,
                Assignments = [new(role, customer)],
            }
        );
        using var off = visitor.Request(Route);
        off.Headers.Authorization = Visitor.Basic(@"corp\jane", "of the directory");
        Assert.Equal(401, (int)(await visitor.SendAsync(off)).StatusCode);

        access.RestApi.SetAuthentication(customer, had => had with { Directory = true, Basic = false });
        using var on = visitor.Request(Route);
        on.Headers.Authorization = Visitor.Basic(@"corp\jane", "of the directory");
        Assert.Equal(200, (int)(await visitor.SendAsync(on)).StatusCode);
        Assert.Equal(401, (int)(await visitor.GetAsync(Route)).StatusCode);
    }

    [Theory]
    [InlineData("CMSURL'1", "1.3.14.3.2.26")]
    [InlineData("CMSURL'1", "2.16.840.1.101.3.4.2.1")]
    [InlineData("CMSURL`1", "2.16.840.1.101.3.4.2.3")]
    public async Task A_signed_path_passes_in_either_spelling_and_with_any_digest(string scheme, string digest)
    {
        await using var visitor = await Visitor.ComeAsync();
        using var certificate = Certificate();
        Enroll(visitor, certificate);
        Assert.Equal(200, await SignedAsync(visitor, scheme, certificate, "/API/" + Route, digest));
    }

    [Fact]
    public async Task A_signed_path_is_refused_unless_everything_fits()
    {
        await using var visitor = await Visitor.ComeAsync();
        using var certificate = Certificate();
        using var forged = Certificate();
        Enroll(visitor, certificate);
        Assert.Equal(401, await SignedAsync(visitor, "CMSURL'1", certificate, "/API/system/info"));
        Assert.Equal(401, await SignedAsync(visitor, "CMSURL'1", forged, "/API/" + Route));
        Assert.Equal(401, await SignedAsync(visitor, "CMSURL'2", certificate, "/API/" + Route));

        var customer = visitor.Host.Groups.Customer.Index;
        visitor.Host.Access.RestApi.SetAuthentication(customer, had => had with { Certificate = false });
        Assert.Equal(401, await SignedAsync(visitor, "CMSURL'1", certificate, "/API/" + Route));
        Assert.Contains("Certificate is DISABLED", visitor.Host.RequestLog.Entries[^1].Why);
    }

    [Fact]
    public async Task Each_role_opens_its_own_group()
    {
        await using var visitor = await Visitor.ComeAsync(new() { Devices = 200, OrganizationGroup = "nw-europe" });
        var access = visitor.Host.Access;
        var africa = visitor.Host.Groups.Find("nw-africa")!;
        Assert.Equal(400, (int)(await visitor.GetAsync($"{Route}?lgid={africa.Id}")).StatusCode);
        access
            .Account(visitor.Host.Credentials.Account)
            .Change(had =>
                had with
                {
                    Assignments = [.. had.Assignments, new(access.Role("Help Desk"), africa.Index)],
                }
            );
        Assert.Equal(200, (int)(await visitor.GetAsync($"{Route}?lgid={africa.Id}")).StatusCode);
        // The second role does not grant smart groups, so its group stays out of sight there.
        Assert.NotEqual(
            200,
            (int)(await visitor.GetAsync($"mdm/smartgroups/search?organizationgroupid={africa.Id}")).StatusCode
        );
    }

    [Fact]
    public async Task A_deactivated_account_is_refused_like_an_unknown_one()
    {
        await using var visitor = await Visitor.ComeAsync();
        visitor.Host.Access.Account(visitor.Host.Credentials.Account).Active = false;
        Assert.Equal(1005, await CodeAsync(visitor));
        Assert.Equal("The account is deactivated.", visitor.Host.RequestLog.Entries[^1].Why);
    }

    [Fact]
    public async Task Calls_are_counted_per_key()
    {
        await using var visitor = await Visitor.ComeAsync();
        await visitor.GetAsync(Route);
        await visitor.GetAsync(Route);
        var access = visitor.Host.Access;
        var keys = access.RestApi.OwnGeneral(visitor.Host.Groups.Customer.Index).Keys;
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal([2, 0], keys.Select(key => access.Usage.Today(key, now)));
    }

    [Fact]
    public void The_tree_of_the_role_editor_holds_every_row_once()
    {
        var rows = RowTree.Categories.SelectMany(category => category.AllRows).Select(row => row.Path).ToList();
        Assert.Equal(RowTree.Rows.Count, rows.Count);
        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.Equal("Enterprise Wipe", RowTree.Rows.Single(row => row.Path == Rows.EnterpriseWipe).Name);
    }

    private static void Enroll(Visitor visitor, X509Certificate2 certificate)
    {
        var access = visitor.Host.Access;
        access
            .Account(visitor.Host.Credentials.Account)
            .Change(had => had with { Certificate = certificate.ExportCertificatePem() });
        access.RestApi.SetAuthentication(
            visitor.Host.Groups.Customer.Index,
            had => had with { Certificate = true, Basic = false }
        );
    }

    /// <summary>All have the same name and serial number, as a forger would choose them.</summary>
    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var name = new X500DistinguishedName("CN=admin");
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        using var made = request.Create(name, generator, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        return made.CopyWithPrivateKey(key);
    }

    private static async Task<int> SignedAsync(
        Visitor visitor,
        string scheme,
        X509Certificate2 certificate,
        string path,
        string digest = "2.16.840.1.101.3.4.2.1"
    )
    {
        var cms = new SignedCms(new ContentInfo(Encoding.UTF8.GetBytes(path)), detached: true);
        cms.ComputeSignature(new CmsSigner(certificate) { DigestAlgorithm = new Oid(digest) });
        using var request = visitor.Request(Route + "?pagesize=1");
        request.Headers.Authorization = null;
        var header = $"{scheme} {Convert.ToBase64String(cms.Encode())}";
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", header));
        using var response = await visitor.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static HttpRequestMessage Keyed(Visitor visitor, string key)
    {
        var request = visitor.Request(Route);
        request.Headers.Remove("aw-tenant-code");
        request.Headers.Add("aw-tenant-code", key);
        return request;
    }

    private static async Task<int> StatusAsync(Visitor visitor, string key)
    {
        using var request = Keyed(visitor, key);
        using var response = await visitor.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static async Task<int> CodeAsync(Visitor visitor)
    {
        using var response = await visitor.GetAsync(Route);
        return (await Visitor.BodyAsync(response)).GetProperty("errorCode").GetInt32();
    }
}
