using System.Net.Http.Json;

namespace Picket.Api;

public sealed partial class PicketClient
{
    /// <summary>Sends a command to a device, at most once.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="command">Which, and why.</param>
    /// <param name="cancellationToken">Stops waiting; the command may go nevertheless.</param>
    public Task<CommandView> CommandAsync(
        Guid deviceId,
        CreateCommand command,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.DeviceCommands, deviceId),
            command,
            PicketApiJson.Default.CreateCommand,
            PicketApiJson.Default.CommandView,
            cancellationToken
        );

    /// <summary>What an enterprise wipe would take from a device, and what holds it.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<WipePreview> WipePreviewAsync(Guid deviceId, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.DeviceWipe, deviceId), PicketApiJson.Default.WipePreview, cancellationToken);

    /// <summary>Asks for the enterprise wipe of a device, which another person approves.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="wish">Why, and a code of the second factor.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been asked for nevertheless.</param>
    public Task<CommandView> RequestWipeAsync(
        Guid deviceId,
        RequestWipe wish,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.DeviceWipe, deviceId),
            wish,
            PicketApiJson.Default.RequestWipe,
            PicketApiJson.Default.CommandView,
            cancellationToken
        );

    /// <summary>What the user of a device would be sent about a finding, and what holds it.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="message">About which finding, and how.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<MessagePreview> MessagePreviewAsync(
        Guid deviceId,
        MessageFilter message,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            new Query(Routes.Fill(Routes.DeviceMessage, deviceId))
                .Add("findingId", message.FindingId)
                .Add("by", message.By)
                .ToString(),
            PicketApiJson.Default.MessagePreview,
            cancellationToken
        );

    /// <summary>Sends the user of a device a message about a finding, at most once.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="message">The text of the preview, and whether somebody insists.</param>
    /// <param name="cancellationToken">Stops waiting; the message may go nevertheless.</param>
    public Task<CommandView> SendMessageAsync(
        Guid deviceId,
        SendMessage message,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.DeviceMessage, deviceId),
            message,
            PicketApiJson.Default.SendMessage,
            PicketApiJson.Default.CommandView,
            cancellationToken
        );

    /// <summary>Decides about the first messages that a version of the policy would send.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="decision">Which, how many were seen, and whether they go.</param>
    /// <param name="cancellationToken">Stops waiting; it may be decided nevertheless.</param>
    public Task DecideMessagesAsync(
        Guid integrationId,
        DecideMessages decision,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.PolicyMessages, integrationId),
            decision,
            PicketApiJson.Default.DecideMessages,
            cancellationToken
        );

    /// <summary>Commands, newest first.</summary>
    /// <param name="filter">Which of them.</param>
    public PagedList<CommandView> Commands(CommandFilter? filter = null) =>
        List(
            filter?.Cursor,
            filter?.Limit,
            () =>
                new Query(Routes.Commands)
                    .Add("integrationId", filter?.IntegrationId)
                    .Add("deviceId", filter?.DeviceId)
                    .Add("state", filter?.State)
                    .Add("command", filter?.Command),
            PicketApiJson.Default.CommandPage
        );

    /// <summary>One command.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandView> CommandAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Fill(Routes.Command, id), PicketApiJson.Default.CommandView, cancellationToken);

    /// <summary>Approves a wipe that another person asked for. It goes after its delay.</summary>
    /// <param name="id">The command.</param>
    /// <param name="approval">A code of the second factor.</param>
    /// <param name="cancellationToken">Stops waiting; it may be approved nevertheless.</param>
    public Task<CommandView> ApproveCommandAsync(
        Guid id,
        ApproveCommand approval,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.CommandApprove, id),
            approval,
            PicketApiJson.Default.ApproveCommand,
            PicketApiJson.Default.CommandView,
            cancellationToken
        );

    /// <summary>Declines a wipe.</summary>
    /// <param name="id">The command.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandView> DeclineCommandAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.CommandDecline, id), PicketApiJson.Default.CommandView, cancellationToken);

    /// <summary>Takes a command back that was not sent.</summary>
    /// <param name="id">The command.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandView> CancelCommandAsync(Guid id, CancellationToken cancellationToken = default) =>
        PostAsync(Routes.Fill(Routes.CommandCancel, id), PicketApiJson.Default.CommandView, cancellationToken);

    /// <summary>Says what became of a command whose answer is lost.</summary>
    /// <param name="id">The command.</param>
    /// <param name="happened">Whether the device did it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandView> SettleCommandAsync(
        Guid id,
        bool happened,
        CancellationToken cancellationToken = default
    ) =>
        PostAsync(
            Routes.Fill(Routes.CommandSettle, id),
            new SettleCommand(happened),
            PicketApiJson.Default.SettleCommand,
            PicketApiJson.Default.CommandView,
            cancellationToken
        );

    /// <summary>What waits for a person's word.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ApprovalsView> ApprovalsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(Routes.Approvals, PicketApiJson.Default.ApprovalsView, cancellationToken);

    /// <summary>Which commands are switched on at an integration.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandSettingsView> CommandSettingsAsync(
        Guid integrationId,
        CancellationToken cancellationToken = default
    ) =>
        GetAsync(
            Routes.Fill(Routes.IntegrationCommands, integrationId),
            PicketApiJson.Default.CommandSettingsView,
            cancellationToken
        );

    /// <summary>Changes which commands are switched on. The UEM says who may.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="wish">What to change.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandSettingsView> SetCommandsAsync(
        Guid integrationId,
        SetCommands wish,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.IntegrationCommands, integrationId),
            JsonContent.Create(wish, PicketApiJson.Default.SetCommands),
            PicketApiJson.Default.CommandSettingsView,
            cancellationToken
        );

    /// <summary>Sets a credential that signs in for wipes alone. It is tried first.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="credential">The credential, whole.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<CommandSettingsView> SetWipeCredentialAsync(
        Guid integrationId,
        Credential credential,
        CancellationToken cancellationToken = default
    ) =>
        SendAsync(
            HttpMethod.Put,
            Routes.Fill(Routes.WipeCredential, integrationId),
            JsonContent.Create(new RotateCredential(credential), PicketApiJson.Default.RotateCredential),
            PicketApiJson.Default.CommandSettingsView,
            cancellationToken
        );

    /// <summary>Lets wipes go by the integration's own credential again.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RemoveWipeCredentialAsync(Guid integrationId, CancellationToken cancellationToken = default) =>
        DeleteAsync(Routes.Fill(Routes.WipeCredential, integrationId), cancellationToken);
}
