using System.Buffers;

namespace Picket.WorkspaceOne.Emulator.Wire;

/// <summary>Holds one answer while it is made. Its array goes back to the pool.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int First = 64 * 1024;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(First);
    private int length;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(1, sizeHint));
        return bytes.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Ensure(int more)
    {
        if (bytes.Length - length >= more)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + more, bytes.Length * 4));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
