using Picket.Core.Identity;
using Picket.Core.Preparation;
using Picket.Core.Sync;
using Picket.WorkspaceOne;
using Picket.WorkspaceOne.Diagnostics;
using Picket.WorkspaceOne.Paging;

namespace Picket.Server.Integrations;

/// <summary>What one examination has seen so far.</summary>
internal sealed class DoctorVisit(Patient patient, TimeProvider time)
{
    private const int AccountCode = 1005;
    private const int LockedCode = 1022;

    private readonly List<ProbeRecord> made = [];
    private RemoteAnswer? token;
    private SystemInfo? info;
    private AdminAccount? account;

    public Patient Patient => patient;

    public NetworkFacts Network { get; set; } = new();

    public int Calls { get; set; }

    public IReadOnlyList<ProbeRecord> Made => made;

    public UemOrganizationGroup? Group { get; private set; }

    public bool CredentialRefused { get; private set; }

    public DoctorSubject Subject => new(patient.Authentication, patient.UserName, Group?.Uuid ?? Guid.Empty, Group?.Id);

    /// <summary>The UEM's own words of back then stand for an answer; nothing is sent.</summary>
    public void RefusedBefore(string reason)
    {
        CredentialRefused = true;
        if (patient.Authentication == UemAuthentication.OAuth)
        {
            token = new RemoteAnswer(401, null, $"Not asked again. {reason}");
            return;
        }

        var code = reason.Contains("/1022", StringComparison.Ordinal) ? LockedCode : AccountCode;
        made.Add(new(DoctorProbes.Info, new RemoteAnswer(401, code, $"Not asked again. {reason}")));
    }

    /// <summary>The first call that needs a token fetches one. What the UEM itself then says is the probes' matter.</summary>
    public async Task<bool> AskTokenServiceAsync(WorkspaceOneClient client, CancellationToken cancellation)
    {
        try
        {
            info = await client.Interactive.GetSystemInfoAsync(cancellation);
        }
        catch (WorkspaceOneException failure) when (failure.Route == WorkspaceOne.OAuthCredential.TokenRoute)
        {
            CredentialRefused = failure is SignInRefusedException;
            token = Answers.Of(failure);
            return false;
        }
        catch (SignInRefusedException failure)
        {
            CredentialRefused = true;
            made.Add(new(DoctorProbes.Info, Answers.Of(failure)));
        }
        catch (WorkspaceOneException)
        {
            // The UEM answered, and not about the credential: the first probe shows it with its evidence.
            return true;
        }

        return true;
    }

    public async Task AskAsync(WorkspaceOneClient client, DoctorProbe probe, CancellationToken cancellation)
    {
        var path = probe.PathFor(Subject)!;
        var evidence = await client.Interactive.ProbeAsync(
            new ProbeRequest(path, probe.Version) { Template = probe.Path },
            cancellation
        );
        var answer = Answers.Of(evidence);
        made.Add(new(probe, answer));
        CredentialRefused |= Refusals.RefusesCredential(Refusals.Of(answer));
        if (probe.Id == DoctorProbes.Info.Id && !Refusals.RefusesEntry(Refusals.Of(answer)) && answer.IsApi)
        {
            await LearnAsync(client.Interactive, cancellation);
        }

        if (probe.Id == DoctorProbes.Self.Id && answer.Succeeded && patient.UserName is { } name)
        {
            account = await TryAsync(() => AccountAsync(client.Interactive, name, cancellation));
        }
    }

    public ProbeFacts Facts()
    {
        var quota = patient.Pacer.Snapshot;
        return new ProbeFacts
        {
            Subject = Subject,
            Address = patient.Address,
            Network = Network,
            Token = token,
            Probes = made,
            ProductName = info?.ProductName,
            ProductVersion = info?.ProductVersion,
            Account = account,
            Quota = quota is { Limit: { } limit, Remaining: { } left, ResetAt: { } reset }
                ? new CallQuota((int)limit, (int)left, reset)
                : null,
            Features = patient.Features,
            Used = patient.Used,
            Now = time.GetUtcNow(),
        };
    }

    /// <summary>Version and group: the probes tell whether, not what.</summary>
    private async Task LearnAsync(WorkspaceOneClient client, CancellationToken cancellation)
    {
        info ??= await TryAsync<SystemInfo>(async () => await client.GetSystemInfoAsync(cancellation));
        Group = patient.KnownGroup is { } known
            ? await TryAsync(() => GroupFinder.FindKnownAsync(client, known, cancellation))
            : null;
        Group ??= await TryAsync(() => GroupFinder.FindAsync(client, patient.OrganizationGroup, cancellation));
    }

    /// <summary>A failure here needs no telling: the probe of the same route shows it as evidence.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (WorkspaceOneException)
        {
            return null;
        }
    }

    private static async Task<AdminAccount?> AccountAsync(
        WorkspaceOneClient client,
        string name,
        CancellationToken cancellation
    )
    {
        var listing = client.Administrators.Search(name, paging: new PagingOptions { MaxPages = 1, PageSize = 100 });
        await foreach (var page in listing.WithCancellation(cancellation))
        {
            var own = page.Items.FirstOrDefault(admin =>
                string.Equals(admin.Username, name, StringComparison.OrdinalIgnoreCase)
            );
            return own is null ? null : Answers.Of(own);
        }

        return null;
    }
}
