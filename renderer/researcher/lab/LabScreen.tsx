/** The stations of the lab: opening the local network to them, pairing by code or QR, and seating participants. */
import { type FormEvent, useEffect } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { LanStatus, Station, StationKey } from '../../../shared/lan.ts';
import { Field } from '../../components/Field.tsx';
import { textOf } from '../../components/formValues.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useResearcher } from '../../state/store.ts';

function NetworkForm({ status }: { readonly status: LanStatus }) {
  const { t } = useTranslation('lab');
  const openLan = useResearcher((state) => state.openLan);
  const closeLan = useResearcher((state) => state.closeLan);
  if (status.open)
    return (
      <p className="actions">
        <span>
          {t('network.at')} <code>{status.open.url}</code>
        </span>
        <button type="button" onClick={closeLan}>
          {t('network.close')}
        </button>
      </p>
    );
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void openLan(textOf(new FormData(event.currentTarget), 'address'));
  };
  return (
    <form className="form" onSubmit={submit}>
      <Field label={t('network.label')} hint={t('network.hint')}>
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
        <input type="checkbox" required /> {t('network.alone')}
      </label>
      <button type="submit" className="is-primary" disabled={status.networks.length === 0}>
        {t('network.open')}
      </button>
    </form>
  );
}

function PairingCard({ stationKey }: { readonly stationKey: StationKey }) {
  const { t } = useTranslation('lab');
  const { url, code, qr } = stationKey;
  return (
    <section className="pairing" aria-label={t('pair.title')}>
      <svg viewBox={`0 0 ${qr.size} ${qr.size}`} width={180} height={180} role="img" aria-label={t('pair.qr')}>
        <path d={qr.path} />
      </svg>
      <div>
        <p>
          <Trans t={t} i18nKey="pair.words" values={{ code }} components={{ code: <strong /> }} />
        </p>
        <p>
          <code>{url}</code>
        </p>
      </div>
    </section>
  );
}

function StationRow({ station }: { readonly station: Station }) {
  const { t } = useTranslation('lab');
  const view = useResearcher((state) => state.watched?.view);
  const seat = useResearcher((state) => state.seatStation);
  const renew = useResearcher((state) => state.renewStation);
  const remove = useResearcher((state) => state.removeStation);
  const { stationId, label, participantId, isPaired, isConnected, reuses } = station;
  const tiles = view?.status === 'ready' ? view.value.tiles : [];
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{isConnected ? t('station.connected') : isPaired ? t('station.away') : t('station.unpaired')}</td>
      <td>{reuses > 0 && t('station.reuses', { count: reuses })}</td>
      <td>
        <select
          aria-label={t('station.who', { label })}
          value={participantId ?? ''}
          onChange={({ target }) => seat(stationId, target.value === '' ? null : target.value)}
        >
          <option value="">{t('station.nobody')}</option>
          {participantId !== null && !tiles.some((tile) => tile.participantId === participantId) && (
            <option value={participantId}>{t('station.other')}</option>
          )}
          {tiles.map((tile) => (
            <option key={tile.participantId} value={tile.participantId}>
              {tile.label}
            </option>
          ))}
        </select>
      </td>
      <td>
        <button type="button" aria-label={t('station.renewAt', { label })} onClick={() => renew(stationId)}>
          {t('station.renew')}
        </button>{' '}
        <button type="button" aria-label={t('station.removeAt', { label })} onClick={() => remove(stationId)}>
          {t('station.remove')}
        </button>
      </td>
    </tr>
  );
}

/** Adds somebody to the watched session, to be seated at a station. */
function AddParticipant() {
  const { t } = useTranslation('lab');
  const sessionId = useResearcher((state) => state.watched?.sessionId);
  const add = useResearcher((state) => state.addToSession);
  if (sessionId === undefined) return <p className="facts">{t('add.choose')}</p>;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void add(sessionId, textOf(new FormData(event.currentTarget), 'label'));
    event.currentTarget.reset();
  };
  return (
    <form className="inline-form" onSubmit={submit}>
      <Field label={t('add.label')}>
        {(control) => <input {...control} name="label" required maxLength={80} autoComplete="off" />}
      </Field>
      <button type="submit">{t('add.submit')}</button>
    </form>
  );
}

function Stations({ status }: { readonly status: LanStatus }) {
  const { t } = useTranslation('lab');
  const add = useResearcher((state) => state.addStation);
  const stationKey = useResearcher((state) => state.stationKey);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void add(textOf(new FormData(event.currentTarget), 'label'));
  };
  return (
    <>
      <form className="inline-form" onSubmit={submit}>
        <Field label={t('stations.label')}>
          {(control) => (
            <input {...control} name="label" required maxLength={80} defaultValue="LAB01" autoComplete="off" />
          )}
        </Field>
        <button type="submit">{t('stations.add')}</button>
      </form>
      <AddParticipant />
      {stationKey && <PairingCard stationKey={stationKey} />}
      {status.stations.length > 0 && (
        <ScrollFrame label={t('stations.title')}>
          <table>
            <caption>{t('stations.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('stations.station')}</th>
                <th scope="col">{t('stations.state')}</th>
                <th scope="col">{t('stations.watch')}</th>
                <th scope="col">{t('stations.participant')}</th>
                <th scope="col">{t('stations.acts')}</th>
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
  const { t } = useTranslation('lab');
  const lan = useResearcher((state) => state.lan);
  const load = useResearcher((state) => state.loadLan);
  const problem = useResearcher((state) => state.labProblem);
  useEffect(() => void load(), [load]);
  return (
    <section className="panel lab">
      <h1>{t('title')}</h1>
      {problem && (
        <p role="alert" className="is-failed">
          {problem}
        </p>
      )}
      <Loaded of={lan} what={t('what')} onRetry={load}>
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
