using Microsoft.AspNetCore.Components;
using Picket.Api;

namespace Picket.Server.Console;

/// <summary>Rows of a list as far as they were asked for. The circuit takes them over from the prerendered page, so nothing flashes.</summary>
/// <param name="Address">The page's address with its filters; another one needs another reading.</param>
/// <param name="Next">Where to go on; null at the end.</param>
/// <param name="Note">What the list does not cover.</param>
/// <param name="Moved">Rows came or went since; they are shown when the reader asks for them.</param>
public sealed record Listing<TRow>(
    string Address,
    IReadOnlyList<TRow> Rows,
    string? Next,
    string? Note = null,
    bool Moved = false
);

/// <summary>A page that is a list: its filters stand in its address, and it goes on where it ended.</summary>
public abstract class ListPage<TRow> : LivePage
{
    protected const int RowsAtOnce = 50;

    private bool takenOver;

    [Microsoft.AspNetCore.Components.PersistentState]
    public Listing<TRow>? Shown { get; set; }

    protected bool Loading { get; private set; }

    /// <summary>The address of what the filters ask for.</summary>
    protected abstract string Here { get; }

    protected abstract Task<Page<TRow>> ReadAsync(string? cursor);

    protected override void OnInitialized() => takenOver = Shown?.Address == Here;

    protected override Task OnParametersSetAsync()
    {
        if (takenOver)
        {
            takenOver = false;
            return Task.CompletedTask;
        }

        return ReloadAsync();
    }

    protected async Task ReloadAsync()
    {
        var asked = Here;
        var page = await ReadAsync(null);
        if (asked == Here) // Else the filters went on meanwhile.
        {
            Shown = new(asked, page.Items, page.Next, page.Note);
        }
    }

    /// <summary>Brings the shown rows up to date where they stand: nothing moves under the reader's eyes or finger.</summary>
    protected async Task RefreshRowsAsync(Func<TRow, Guid> id)
    {
        if (Shown is not { } before || before.Address != Here)
        {
            return;
        }

        var page = await ReadAsync(null);
        if (!ReferenceEquals(Shown, before))
        {
            return; // Other filters, or more rows, were asked for meanwhile.
        }

        var now = page.Items.ToDictionary(id);
        Shown =
            before.Rows.Count == 0
                ? new(before.Address, page.Items, page.Next, page.Note)
                : before with
                {
                    Rows = [.. before.Rows.Select(row => now.GetValueOrDefault(id(row), row))],
                    Moved = !before.Rows.Take(RowsAtOnce).Select(id).SequenceEqual(page.Items.Select(id)),
                };
    }

    protected async Task MoreAsync()
    {
        Loading = true;
        var before = Shown!;
        var page = await ReadAsync(before.Next);
        Loading = false;
        if (ReferenceEquals(Shown, before))
        {
            Shown = before with { Rows = [.. before.Rows, .. page.Items], Next = page.Next };
        }
    }
}
