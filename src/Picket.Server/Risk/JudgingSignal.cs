using System.Threading.Channels;

namespace Picket.Server.Risk;

/// <summary>Says that devices of an integration wait to be judged. It may be lost: the work itself is in the database.</summary>
public sealed class JudgingSignal
{
    private readonly Channel<Guid> channel = Channel.CreateBounded<Guid>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    public void Raise(Guid integrationId) => channel.Writer.TryWrite(integrationId);

    internal ChannelReader<Guid> Reader => channel.Reader;
}
