using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Picket.Api;

namespace Picket.Cli.Demo;

/// <summary>Who can approve the demo's wipe in a browser.</summary>
/// <param name="Secret">For an authenticator app.</param>
/// <param name="Recovery">Codes that sign in once each, for who has no such app at hand.</param>
internal sealed record DemoApprover(
    string Name,
    string Password,
    string Secret,
    IReadOnlyList<string> Recovery,
    string Device,
    Guid Command,
    long UemId
)
{
    public override string ToString() => $"{nameof(DemoApprover)} {{ {Name} }}";
}

/// <summary>
/// One wipe that waits for another person: 1 commands are switched on, 2 two people join, each with a UEM account and a second
/// factor, 3 one of them asks for the wipe of a device at risk.
/// </summary>
internal sealed class DemoWipe(DemoSite site, Terminal terminal)
{
    private const int PasswordBytes = 12;
    private const int DevicesTried = 50;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <returns>Null in a fleet that has no device to be wiped.</returns>
    public async Task<DemoApprover?> AskAsync(Guid integration, CancellationToken cancellation)
    {
        terminal.Error.WriteLine("Asking for a wipe, which another person approves …");
        var on = new SetCommands
        {
            Commands = true,
            Wipes = true,
            WipeDelayMinutes = 0,
        };
        await site.Client.SetCommandsAsync(integration, on, cancellation); // 1
        using var asker = await JoinAsync("anna", PersonRole.Analyst, integration, cancellation); // 2
        using var approver = await JoinAsync("bela", PersonRole.Approver, integration, cancellation);
        if (await DeviceAsync(asker.Client, cancellation) is not { } device)
        {
            return null;
        }

        var wish = new RequestWipe { Reason = "Stolen at the station", SecondFactor = asker.Code(steps: 1) };
        var command = await asker.Client.RequestWipeAsync(device.Id, wish, cancellation); // 3
        terminal.Error.WriteLine($"  {device.FriendlyName} waits for {approver.Name}");
        return new DemoApprover(
            approver.Name,
            approver.Password,
            approver.Secret,
            approver.Recovery,
            device.FriendlyName,
            command.Id,
            device.UemId
        );
    }

    /// <summary>Once somebody has approved it, the device reports and takes it: whoever looks on need not wait for hours.</summary>
    public static async Task FollowAsync(DemoSite site, Terminal terminal, CancellationToken cancellation)
    {
        if (site.Approver is not { } waits)
        {
            return;
        }

        while (!cancellation.IsCancellationRequested)
        {
            var command = await site.Client.CommandAsync(waits.Command, cancellation);
            if (command.EndedAt is not null)
            {
                return;
            }

            if (command.State == DeviceCommandState.Sent)
            {
                await site.Uem.CheckInAsync(waits.UemId, cancellation);
                return;
            }

            await Task.Delay(Poll, terminal.Time, cancellation);
        }
    }

    private static async Task<DeviceSummary?> DeviceAsync(PicketClient asker, CancellationToken cancellation)
    {
        foreach (var level in new[] { Level.Critical, Level.High, Level.Medium })
        {
            var filter = new DeviceFilter { Level = level, Limit = DevicesTried };
            foreach (var device in (await asker.Devices(filter).PageAsync(cancellation)).Items)
            {
                if (await asker.WipePreviewAsync(device.Id, cancellation) is { WhyNot: null, WhyNotYou: null })
                {
                    return device;
                }
            }
        }

        return null;
    }

    /// <summary>By an invitation of the owner's, who therefore could not approve for either of them.</summary>
    private async Task<Member> JoinAsync(string name, PersonRole role, Guid integration, CancellationToken cancellation)
    {
        var link = await site.Client.InviteAsync(new Invite(role), cancellation);
        var password = Random();
        var http = new HttpClient { BaseAddress = site.ServerAddress };
        var claim = new ClaimLink(link.Path[(link.Path.LastIndexOf('#') + 1)..], name, $"{name}@example.com", password);
        var joined = await new PicketClient(http).ClaimLinkAsync(claim, cancellation);
        var client = new PicketClient(http, joined.Token.Secret);

        var (account, secret) = ($"{name}.uem", Random());
        await site.Uem.AddAdministratorAsync(account, secret, cancellation);
        await client.LinkAsync(integration, new AdministratorProof(account, secret), cancellation);
        var factor = await client.NewSecondFactorAsync(cancellation);
        var member = new Member(http, client, name, password, factor.Secret, terminal.Time);
        var codes = await client.ConfirmSecondFactorAsync(new SecondFactorCode(member.Code()), cancellation);
        member.Recovery = [.. codes.Codes.Take(2)];
        return member;
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));

    private sealed class Member(
        HttpClient http,
        PicketClient client,
        string name,
        string password,
        string secret,
        TimeProvider time
    ) : IDisposable
    {
        private const int StepSeconds = 30;
        private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

        public PicketClient Client => client;

        public string Name => name;

        public string Password => password;

        public string Secret => secret;

        public IReadOnlyList<string> Recovery { get; set; } = [];

        /// <summary>RFC 6238, as every authenticator app does it.</summary>
        /// <param name="steps">So many steps ahead: no code is good twice.</param>
        public string Code(int steps = 0)
        {
            Span<byte> counter = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(counter, (time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds) + steps);
#pragma warning disable CA5350 // What authenticator apps know.
            var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
            var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0x0f)) & 0x7fffffff;
            return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        }

        public void Dispose() => http.Dispose();

        private static byte[] Bytes(string text)
        {
            var (bytes, bits, held) = (new List<byte>(), 0, 0);
            foreach (var letter in text.TrimEnd('='))
            {
                (held, bits) = (((held << 5) | Base32.IndexOf(letter, StringComparison.Ordinal)) & 0xfff, bits + 5);
                if (bits >= 8)
                {
                    bits -= 8;
                    bytes.Add((byte)(held >> bits));
                }
            }

            return [.. bytes];
        }
    }
}
