using Picket.Api;

namespace Picket.Server.Tests.Notices;

/// <summary>A server that looks often, with whoever takes its webhooks.</summary>
internal sealed class NoticeScene : IAsyncDisposable
{
    private NoticeScene(PicketApplication picket, WebhookReceiver receiver) => (Picket, Receiver) = (picket, receiver);

    public PicketApplication Picket { get; }

    public WebhookReceiver Receiver { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<NoticeScene> StartAsync(params (string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Notices:LookEveryMilliseconds"] = "100",
            ["Notices:TimeoutSeconds"] = "2",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new(await PicketApplication.StartAsync(new() { Settings = all }), await WebhookReceiver.StartAsync());
    }

    public NoticeChannelDraft Webhook(string name = "siem") =>
        new()
        {
            Name = name,
            Kind = NoticeChannelKind.Webhook,
            Address = Receiver.Address,
            CaCertificatePem = Receiver.CaPem,
        };

    public static NoticeChannelDraft Mail(
        MailSink sink,
        string? user = "picket",
        string? password = "hunter2hunter2"
    ) =>
        new()
        {
            Name = "security",
            Kind = NoticeChannelKind.Email,
            Mail = new(
                "localhost",
                sink.Port,
                sink.ImplicitTls ? MailSecurity.Implicit : MailSecurity.StartTls,
                user,
                "picket@example.com",
                ["ada@example.com", "grace@example.com"]
            ),
            Password = password,
            CaCertificatePem = sink.CaPem,
        };

    /// <summary>Makes it, and lets the receiver know the secret.</summary>
    public async Task<NoticeChannelView> AddAsync(NoticeChannelDraft draft)
    {
        var saved = await Picket.Client.CreateNoticeChannelAsync(draft, Cancel);
        if (saved.Secret is { } secret)
        {
            Receiver.Secrets.Add(secret);
        }

        return saved.Channel;
    }

    public async Task<NoticeDeliveryView> TestAsync(NoticeChannelView channel) =>
        await Picket.Client.TestNoticeChannelAsync(channel.Id, Cancel);

    public Task<NoticeDeliveryView> UntilAsync(NoticeDeliveryView delivery, Func<NoticeDeliveryView, bool> so) =>
        UntilAsync(() => Picket.Client.NoticeDeliveryAsync(delivery.Id, Cancel), so);

    public Task<NoticeDeliveryView> DeliveredAsync(NoticeDeliveryView delivery) =>
        UntilAsync(delivery, now => now.State == NoticeDeliveryState.Delivered);

    /// <summary>What came of a type, once it is so many.</summary>
    public async Task<IReadOnlyList<WebhookReceiver.Came>> CameAsync(string type, int count = 1)
    {
        await UntilAsync(() => Task.FromResult(Of(type).Count), now => now >= count);
        return Of(type);
    }

    public IReadOnlyList<WebhookReceiver.Came> Of(string type) => [.. Receiver.All.Where(came => came.Type == type)];

    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> so)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var now = await read();
            if (so(now))
            {
                return now;
            }

            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"It never became so: {now}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
        }
    }

    /// <summary>Long enough for several looks.</summary>
    public static Task SomeLooksAsync() => Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancel);

    public async ValueTask DisposeAsync()
    {
        await Picket.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
