using Picket.Api;

namespace Picket.Cli.Tests;

/// <summary>Records as a server gives them.</summary>
internal static class Samples
{
    public static readonly Guid IntegrationId = Guid.Parse("0198c0de-0000-7000-8000-00000000000a");
    public static readonly Guid RunId = Guid.Parse("0198c0de-0000-7000-8000-00000000000b");
    public static readonly Guid DeviceId = Guid.Parse("0198c0de-0000-7000-8000-00000000000c");

    public static IntegrationView Integration(string name = "Headquarters") =>
        Fabricate.A<IntegrationView>() with
        {
            Id = IntegrationId,
            Name = name,
            State = IntegrationState.Active,
            Version = "v7",
            CredentialKind = CredentialKind.Basic,
            Account = "picket-api",
        };

    public static RunView Run(RunState state) =>
        new()
        {
            Id = RunId,
            IntegrationId = IntegrationId,
            Kind = RunKind.Full,
            Trigger = RunTrigger.Manual,
            State = state,
            Progress = new RunProgress("Devices", 500, 2000),
            IncompleteReasons = state == RunState.Incomplete ? ["The UEM answered 503 five times."] : [],
        };

    public static DeviceSummary Device(string name) =>
        new()
        {
            Id = DeviceId,
            IntegrationId = IntegrationId,
            UemId = 17,
            FriendlyName = name,
            SerialNumber = "C02ABCDEF",
            Platform = "iPadOS",
            OsVersion = "18.7.2",
            Level = Level.Critical,
            Findings = 3,
        };

    public static DoctorReport Doctor(CheckState state) =>
        new()
        {
            Checks =
            [
                new DoctorCheck
                {
                    Id = "key.kind",
                    Title = "The API key is of the kind Admin",
                    State = state,
                    Finding = "It is an enrollment user's key.",
                    Evidence = new CheckEvidence(403, 1032, "Wrong key type"),
                    Breaks = "Nothing can be read",
                    ConsolePath = "Groups & Settings > All Settings > System > Advanced > API > REST API",
                    Clicks = ["Open General", "Add a key of the kind Admin"],
                },
            ],
            Pass = state == CheckState.Pass ? 1 : 0,
            Fail = state == CheckState.Fail ? 1 : 0,
            Calls = 9,
        };
}
