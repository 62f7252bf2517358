namespace Picket.WorkspaceOne.Tests.Emulated;

/// <summary>Messages: sent once, or nobody knows.</summary>
public sealed class MessageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pushes_and_mails_what_it_was_told_to()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var device = Enrolled(uem);

        await client.Messages.PushAsync(device.Id, "Please open Guard once.", Cancel);
        await client.Messages.MailAsync(device.Id, "Guard", "Please open it once.", cancellationToken: Cancel);

        Assert.Equal(
            ["Please open Guard once.", "Please open it once."],
            uem.Host.Commands.Of(device).OrderBy(command => command.Id).Select(command => command.Text)
        );
    }

    [Fact]
    public async Task Is_never_sent_again_when_the_answer_is_lost()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var device = Enrolled(uem);

        foreach (var kind in new[] { "push", "email" })
        {
            uem.LoseAnswer($"messages/{kind}");
            await Assert.ThrowsAsync<AmbiguousOutcomeException>(() =>
                kind == "push"
                    ? client.Messages.PushAsync(device.Id, "Once", Cancel)
                    : client.Messages.MailAsync(device.Id, "Once", "Once", cancellationToken: Cancel)
            );
        }

        Assert.Equal(2, uem.Host.Commands.Of(device).Count);
    }

    [Fact]
    public async Task Names_a_device_that_is_not_there_or_not_enrolled()
    {
        await using var uem = await PublishingUem.StartAsync();
        var client = uem.Client();
        var gone = uem.Host.Fleet.All.First(device => device.EnrollmentStatus == "Unenrolled");

        await Assert.ThrowsAsync<NotFoundException>(() => client.Messages.PushAsync(1, "Hello", Cancel));
        var refused = await Assert.ThrowsAsync<WorkspaceOneException>(() =>
            client.Messages.PushAsync(gone.Id, "Hello", Cancel)
        );
        Assert.Contains("not enrolled", refused.Reason, StringComparison.Ordinal);
    }

    private static Emulator.Fleet.Device Enrolled(Uem uem) => uem.Host.Fleet.All.First(device => device.IsEnrolled);
}
