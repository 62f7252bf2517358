using Picket.Api;
using static Picket.Server.Console.Texts;

namespace Picket.Server.Deployment;

/// <summary>Publications as people read them.</summary>
internal static class DeploymentWords
{
    public static string Of(PublicationState state) =>
        state switch
        {
            PublicationState.Draft => T("Draft"),
            PublicationState.Running => T("Running"),
            PublicationState.Paused => T("Paused"),
            PublicationState.Completed => T("Completed"),
            PublicationState.Undoing => T("Being taken back"),
            _ => T("Taken back"),
        };

    public static string Class(PublicationState state) =>
        state switch
        {
            PublicationState.Completed => "state-good",
            PublicationState.Paused => "state-bad",
            PublicationState.Draft => "state-waits",
            _ => "",
        };

    public static string Of(RingState state) =>
        state switch
        {
            RingState.Waiting => T("Waits its turn"),
            RingState.Writing => T("Being assigned"),
            RingState.Watching => T("Watched"),
            RingState.Done => T("Done"),
            _ => T("Left to others"),
        };

    public static string Class(RingState state) =>
        state switch
        {
            RingState.Done => "state-good",
            RingState.Left => "state-waits",
            _ => "",
        };

    public static string Of(PublishedAppKind kind) =>
        kind switch
        {
            PublishedAppKind.Internal => T("Internal app"),
            PublishedAppKind.Public => T("Store app"),
            _ => T("Purchased app"),
        };

    public static string Of(AppDelivery delivery) =>
        delivery == AppDelivery.Automatic ? T("By itself") : T("When the user asks for it");

    public static string Of(DeploymentStage stage) =>
        stage switch
        {
            DeploymentStage.InScope => T("In scope"),
            DeploymentStage.Assigned => T("Assigned"),
            DeploymentStage.Installed => T("Installed"),
            DeploymentStage.Activated => T("Activated"),
            _ => T("Reporting"),
        };

    public static string Of(DeploymentGap gap) =>
        gap switch
        {
            DeploymentGap.None => T("As far as it can come"),
            DeploymentGap.NotRead => T("Not read"),
            DeploymentGap.NotUnderstood => T("Not understood"),
            DeploymentGap.NotManaged => T("Not managed"),
            DeploymentGap.PlatformNotSupported => T("Other platform"),
            DeploymentGap.NoRing => T("Ring not begun"),
            DeploymentGap.NotAssigned => T("Not assigned"),
            DeploymentGap.NotSeen => T("Not seen"),
            DeploymentGap.Pending => T("Pending"),
            DeploymentGap.Failed => T("Failed"),
            DeploymentGap.Removed => T("Removed"),
            DeploymentGap.NotActivated => T("Not activated"),
            _ => T("Not reporting"),
        };

    public static string Of(NudgeState state) =>
        state switch
        {
            NudgeState.Sending => T("Being sent"),
            NudgeState.Completed => T("Completed"),
            _ => T("Stopped"),
        };

    public static string Class(NudgeState state) =>
        state switch
        {
            NudgeState.Completed => "state-good",
            NudgeState.Stopped => "state-waits",
            _ => "",
        };

    public static string Of(NudgeDeviceState state) =>
        state switch
        {
            NudgeDeviceState.Waiting => T("Waits"),
            NudgeDeviceState.Sending => T("Being sent"),
            NudgeDeviceState.Sent => T("Sent"),
            NudgeDeviceState.Refused => T("Refused"),
            NudgeDeviceState.Unclear => T("Not clear"),
            _ => T("Left out"),
        };

    public static string Class(NudgeDeviceState state) =>
        state switch
        {
            NudgeDeviceState.Sent => "state-good",
            NudgeDeviceState.Refused => "state-bad",
            NudgeDeviceState.Unclear => "state-waits",
            _ => "",
        };

    public static string Of(ConfigurationValueType type) =>
        type switch
        {
            ConfigurationValueType.Text => T("Text"),
            ConfigurationValueType.WholeNumber => T("Whole number"),
            ConfigurationValueType.Boolean => T("True or false"),
            ConfigurationValueType.Bundle => T("Bundle"),
            _ => T("List of bundles"),
        };

    /// <summary>Something of it happens by itself.</summary>
    public static bool Moves(PublicationState state) => state is PublicationState.Running or PublicationState.Undoing;
}
