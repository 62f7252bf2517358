using System.Threading.Channels;

namespace Picket.Server.Response;

/// <summary>Says that verdicts of an integration changed. It may be lost: the work itself is in the database.</summary>
public sealed class ResponseSignal
{
    private readonly Channel<Guid> channel = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    public void Raise(Guid integration) => channel.Writer.TryWrite(integration);

    internal ChannelReader<Guid> Reader => channel.Reader;
}
