using Picket.Api;
using Picket.Server.Tests;
using Picket.WorkspaceOne.Emulator.Access;

namespace Picket.Browser.Tests.Walk;

/// <summary>A UEM on which the preparation was done, and a Picket beside it; each test undoes one step of it.</summary>
public sealed class Prepared : IAsyncLifetime
{
    public const string Account = "mobile.security";
    public const string Password = "a long Password 1";

    public PicketApplication Picket { get; } =
        new(
            new()
            {
                Emulator = new()
                {
                    Http = true,
                    Devices = 60,
                    Unprepared = true,
                },
            }
        );

    public Browser Browser { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Picket.InitializeAsync();
        await Browser.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Picket.DisposeAsync();
    }

    /// <summary>Everything as the preparation page wants it, whatever a test has left.</summary>
    /// <returns>What an administrator would type into Picket.</returns>
    public CreateIntegration Anew()
    {
        var access = Picket.Emulator.Access;
        var customer = Picket.Emulator.Groups.Customer.Index;
        access.RestApi.SetGeneral(customer, _ => new RestApiGeneral(Override: true, Enabled: true, []));
        access.RestApi.SetAuthentication(customer, _ => new(Override: true, Basic: true, false, false));
        access.Roles[Table1.RoleName] = new Role(Table1.RoleName, access.Role(SeededRoles.Minimum).Rights, "Table 1");
        access.AddAccount(Account, Password, Table1.RoleName, customer);
        var key = access.RestApi.OwnGeneral(customer).Keys.First(key => key.Kind == ApiKeyKind.Admin).Value;
        // Whoever prepared it anew says so: a refusal of the step before is remembered for a while.
        var credential = new BasicCredential(Account, Password, key) { AccountMended = true };
        return Picket.Draft() with { Credential = credential };
    }
}
