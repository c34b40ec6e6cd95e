/** The stations of the lab: opening the local network to them, pairing by code or QR, and seating participants. */
import { type FormEvent, useEffect } from 'react';
import type { LanStatus, Station, StationKey } from '../../../shared/lan.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useResearcher } from '../../state/store.ts';

function NetworkForm({ status }: { readonly status: LanStatus }) {
  const openLan = useResearcher((state) => state.openLan);
  const closeLan = useResearcher((state) => state.closeLan);
  if (status.open)
    return (
      <p className="actions">
        <span>
          Stations find the page at <code>{status.open.url}</code>
        </span>
        <button type="button" onClick={closeLan}>
          Close the network
        </button>
      </p>
    );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void openLan(textOf(new FormData(event.currentTarget), 'address'));
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label="Network" hint="Stations on this network and no other can reach the participant's page.">
        {(control) => (
          <select {...control} name="address" required>
            {status.networks.map(({ name, address }) => (
              <option key={address} value={address}>
                {name}: {address}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label>
        <input type="checkbox" required /> Nobody but the lab's stations is on this network: what they send is not
        encrypted.
      </label>
      <button type="submit" className="is-primary" disabled={status.networks.length === 0}>
        Open to stations
      </button>
    </form>
  );
}

function PairingCard({ stationKey }: { readonly stationKey: StationKey }) {
  const { url, code, qr } = stationKey;
  return (
    <section className="pairing" aria-label="How to pair the station">
      <svg
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        width={180}
        height={180}
        role="img"
        aria-label="QR code of the address"
      >
        <path d={qr.path} />
      </svg>
      <div>
        <p>
          Open this address at the station, or type the code <strong>{code}</strong> at the page. Either works once.
        </p>
        <p>
          <code>{url}</code>
        </p>
      </div>
    </section>
  );
}

function StationRow({ station }: { readonly station: Station }) {
  const view = useResearcher((state) => state.watched?.view);
  const seat = useResearcher((state) => state.seatStation);
  const renew = useResearcher((state) => state.renewStation);
  const remove = useResearcher((state) => state.removeStation);
  const { stationId, label, participantId, isPaired, isConnected, reuses } = station;
  const tiles = view?.status === 'ready' ? view.value.tiles : [];
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{isConnected ? 'connected' : isPaired ? 'paired, away' : 'not paired'}</td>
      <td>{reuses > 0 ? `${reuses} tries with a used key` : ''}</td>
      <td>
        <select
          aria-label={`Who sits at ${label}`}
          value={participantId ?? ''}
          onChange={({ target }) => seat(stationId, target.value === '' ? null : target.value)}
        >
          <option value="">nobody</option>
          {participantId !== null && !tiles.some((tile) => tile.participantId === participantId) && (
            <option value={participantId}>somebody of another session</option>
          )}
          {tiles.map((tile) => (
            <option key={tile.participantId} value={tile.participantId}>
              {tile.label}
            </option>
          ))}
        </select>
      </td>
      <td>
        <button type="button" aria-label={`New key: ${label}`} onClick={() => renew(stationId)}>
          New key
        </button>{' '}
        <button type="button" aria-label={`Remove: ${label}`} onClick={() => remove(stationId)}>
          Remove
        </button>
      </td>
    </tr>
  );
}

/** Adds somebody to the watched session, to be seated at a station. */
function AddParticipant() {
  const sessionId = useResearcher((state) => state.watched?.sessionId);
  const add = useResearcher((state) => state.addToSession);
  if (sessionId === undefined)
    return <p className="facts">Choose a session on the monitor: its participants can then be seated here.</p>;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void add(sessionId, textOf(new FormData(event.currentTarget), 'label'));
    event.currentTarget.reset();
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <Field label="Label of a participant">
        {(control) => <input {...control} name="label" required maxLength={80} autoComplete="off" />}
      </Field>
      <button type="submit">Add to the session</button>
    </form>
  );
}

function Stations({ status }: { readonly status: LanStatus }) {
  const add = useResearcher((state) => state.addStation);
  const stationKey = useResearcher((state) => state.stationKey);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void add(textOf(new FormData(event.currentTarget), 'label'));
  };
  return (
    <>
      <form className="inline-form" onSubmit={submit}>
        <Field label="Label of a station">
          {(control) => (
            <input {...control} name="label" required maxLength={80} defaultValue="LAB01" autoComplete="off" />
          )}
        </Field>
        <button type="submit">Add a station</button>
      </form>
      <AddParticipant />
      {stationKey && <PairingCard stationKey={stationKey} />}
      {status.stations.length > 0 && (
        <ScrollFrame label="Stations">
          <table>
            <caption>Stations. Participants are those of the session that the monitor watches.</caption>
            <thead>
              <tr>
                <th scope="col">Station</th>
                <th scope="col">State</th>
                <th scope="col">Watch</th>
                <th scope="col">Participant</th>
                <th scope="col">Acts</th>
              </tr>
            </thead>
            <tbody>
              {status.stations.map((station) => (
                <StationRow key={station.stationId} station={station} />
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </>
  );
}

export function LabScreen() {
  const lan = useResearcher((state) => state.lan);
  const load = useResearcher((state) => state.loadLan);
  const problem = useResearcher((state) => state.labProblem);
  useEffect(() => void load(), [load]);
  return (
    <section className="panel lab">
      <h1>Lab stations</h1>
      {problem && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      <Loaded of={lan} what="the network" onRetry={load}>
        {(status) => (
          <>
            <NetworkForm status={status} />
            {status.open && <Stations status={status} />}
          </>
        )}
      </Loaded>
    </section>
  );
}
