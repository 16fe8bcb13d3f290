/** Something on the chain that is not as the deployment says. */
export interface DeploymentFinding {
  readonly code:
    | 'no-code'
    | 'deployer-keeps-right'
    | 'right-missing'
    | 'right-unexpected'
    | 'wiring'
    | 'roles-unknown';
  /** The contract concerned. */
  readonly contract: string;
  /** One sentence. */
  readonly message: string;
}
